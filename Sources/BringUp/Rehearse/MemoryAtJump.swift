import Boards
import BootImages
import DeviceTree
import DeviceTreeLint
import Measures
import MemoryPlanner
import Rehearsal

/// Memory when U-Boot enters the next program: what was loaded, what of it the next program is told of,
/// and what that makes of it.
struct MemoryAtJump {
  let machine: Machine
  let handover: BootHandover
  let board: Board
  let soc: SoC
  /// Nil where it is not known what is entered.
  let program: EnteredProgram?
  /// Nil where it is no Xen that is entered.
  let view: XenView?

  /// Xen 4.17 and its neighbours take this much where nobody says (`xen/arch/arm/domain_build.c`).
  private static let defaultDom0Memory = ByteCount.mebibytes(512)

  func map() throws -> MemoryMap {
    let files = self.files
    let handed = self.handed
    var claims = files.map(\.claim) + handed
    if let own = machine.profile.own {
      claims.append(
        Claim(
          owner: "U-Boot", range: own, reason: "it moves itself to the top of memory",
          kind: .bootloader))
    }
    // Where U-Boot lay before it moved is free again.
    claims += soc.claims.filter { $0.kind != .bootloader }
    let clashes = self.clashes(of: files, and: handed)
    guard let setup = xenSetup else {
      let unpacking = kernelUnpacking
      return MemoryMap(
        regions: try board.regions(on: soc), claims: claims + (unpacking?.claims ?? []),
        clashes: clashes + (unpacking?.clashes(with: claims) ?? []))
    }
    let outcome = XenOutcome(setup, dom0Request, on: soc)
    return MemoryMap(
      regions: try board.regions(on: soc), claims: claims + outcome.claims, clashes: clashes,
      xen: outcome.memory, dom0: outcome.dom0, determinedSizes: outcome.determinedSizes)
  }

  // MARK: What lies there

  /// What was loaded and the next program reads.
  var needed: [Machine.Load] { files.filter(\.isNeeded).map(\.load) }

  private struct File {
    let load: Machine.Load
    let claim: Claim
    /// Whether the next program reads it.
    let isNeeded: Bool
  }

  /// What was loaded, the last of each address, in the order of the boot.
  private var files: [File] {
    var last: [UInt64: Int] = [:]
    for (index, load) in machine.loads.enumerated() { last[load.range.start.rawValue] = index }
    return machine.loads.enumerated().compactMap { index, load in
      last[load.range.start.rawValue] == index ? file(load) : nil
    }
  }

  private func file(_ load: Machine.Load) -> File {
    let reason = "the file \(load.file)"
    func claim(_ owner: String, _ kind: Claim.Kind, _ range: AddressRange? = nil) -> Claim {
      Claim(owner: owner, range: range ?? load.range, reason: reason, kind: kind)
    }
    if load.range.start == handover.entry {
      guard let xen = program?.xen else {
        return File(load: load, claim: claim("the kernel", .kernel), isNeeded: true)
      }
      return File(
        load: load,
        claim: Claim(
          owner: "Xen",
          range: AddressRange(start: load.range.start, size: max(xen.memorySize, load.range.size))
            ?? load.range,
          reason: "\(reason), with the memory behind it that it clears", kind: .xen),
        isNeeded: true)
    }
    if let module = view?.modules.first(where: { $0.range?.start == load.range.start }) {
      return File(load: load, claim: claim(module.owner, module.claimKind), isNeeded: true)
    }
    if handover.initrd.map({ load.range.contains($0) }) == true {
      return File(load: load, claim: claim("the initial RAM disk", .initrd), isNeeded: true)
    }
    let start = (try? machine.memory.read(4, at: load.range.start.rawValue)) ?? []
    let isTree = start == [0xD0, 0x0D, 0xFE, 0xED]
    // U-Boot has copied the tree, and no script is read any more.
    let isNeeded = isTree && handover.treeAddress == load.range.start
    return File(
      load: load, claim: claim(isTree ? "the device tree" : load.file, isTree ? .tree : .script),
      isNeeded: isNeeded)
  }

  /// What U-Boot moved, and hands over.
  private var handed: [Claim] {
    var claims: [Claim] = []
    if let address = handover.treeAddress,
      let range = AddressRange(start: address, size: ByteCount(handover.tree.count))
    {
      claims.append(
        Claim(
          owner: "the device tree that is handed over", range: range,
          reason: "with what U-Boot wrote into it", kind: .tree))
    }
    if let initrd = handover.initrd, !machine.loads.contains(where: { $0.range.contains(initrd) }) {
      claims.append(
        Claim(
          owner: "the initial RAM disk that is handed over", range: initrd,
          reason: "U-Boot moved it there", kind: .initrd))
    }
    // `bootm` moves a kernel out of its image.
    if let program = handover.program,
      !machine.loads.contains(where: { $0.range.start == program.start })
    {
      claims.append(
        Claim(
          owner: "the kernel where \(handover.command) moved it", range: program,
          reason: "the load address in its header", kind: .kernel))
    }
    return claims
  }

  /// What the next program needs and finds written over: by what was loaded later, or by what U-Boot
  /// moved in the end.
  private func clashes(of files: [File], and handed: [Claim]) -> [MemoryMap.Clash] {
    let all = files.map(\.claim) + handed
    func clash(_ claim: Claim, _ other: Claim) -> MemoryMap.Clash? {
      MemoryMap.Clash(of: claim, with: other, in: machine.profile.banks, beside: all)
    }
    return files.enumerated().flatMap { index, file -> [MemoryMap.Clash] in
      guard file.isNeeded else { return [] }
      return files[(index + 1)...].compactMap { clash($0.claim, file.claim) }
        // What U-Boot moves goes where U-Boot wants it.
        + handed.filter { $0.kind != file.claim.kind }.compactMap { clash(file.claim, $0) }
    }
  }

  // MARK: What comes of it

  private var xenSetup: XenSetup? {
    guard let xen = program?.xen, let view, let address = handover.treeAddress,
      let range = AddressRange(start: handover.entry, size: xen.memorySize),
      let tree = AddressRange(start: address, size: ByteCount(handover.tree.count))
    else { return nil }
    return XenSetup(
      version: xen.version, banks: machine.profile.banks, xen: range, tree: tree,
      modules: view.modules.compactMap(\.range), reserved: reserved)
  }

  private var reserved: [AddressRange] {
    guard let tree = try? DeviceTree(parsing: handover.tree.span.bytes) else { return [] }
    let regions = (try? tree.reservedMemory()) ?? []
    return regions.map(\.range)
      + tree.reservations.compactMap { AddressRange(start: $0.address, size: $0.size) }
  }

  /// Nil where the modules have no kernel for dom0, or none that can be read.
  private var dom0Request: Dom0Request? {
    func module(_ kind: XenView.Module.Kind) -> AddressRange? {
      view?.modules.first { $0.domain == nil && $0.kind == kind }?.range
    }
    guard let range = module(.kernel), let kernel = bytes(of: range) else { return nil }
    return Dom0Request(
      memory: view?.dom0Memory ?? Self.defaultDom0Memory, kernel: kernel,
      initrd: module(.ramdisk)?.size, tree: ByteCount(handover.tree.count),
      arguments: view?.xenArguments ?? "", on: soc)
  }

  private var kernelUnpacking: KernelUnpacking? {
    guard let program, program.xen == nil,
      let unpacked = ZImage.Unpacked(program.bytes.span.bytes)
    else { return nil }
    return KernelUnpacking(
      zImage: program.range, unpacked: unpacked, memory: machine.profile.banks)
  }

  private func bytes(of range: AddressRange) -> [UInt8]? {
    try? machine.memory.read(Int(clamping: range.size.rawValue), at: range.start.rawValue)
  }
}

extension XenView.Module {
  fileprivate var claimKind: Claim.Kind {
    switch kind {
    case .kernel: .kernel
    case .ramdisk: .initrd
    case .tree: .tree
    case .policy, .unknown: .script
    }
  }

  /// In the words of a sentence.
  fileprivate var owner: String {
    let words =
      switch kind {
      case .ramdisk: "initial RAM disk"
      case .unknown: "module"
      case .kernel, .tree, .policy: kind.rawValue
      }
    return domain.map { "the \(words) of \($0)" }
      ?? (kind == .kernel ? "the dom0 kernel" : "the \(words)")
  }
}
