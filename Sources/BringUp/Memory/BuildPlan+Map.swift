import Boards
import BootImages
public import Measures
public import MemoryPlanner
import Workspace

extension BuildPlan {
  /// Memory with all that is in it, on the board's smallest variant: while U-Boot loads, when Xen
  /// starts, and where dom0 comes to lie as far as that is determined.
  public func memoryMap() throws -> MemoryMap {
    let banks = [try board.smallestMemory(on: soc)] + board.memory.further
    let setup = xenSetup(version: xenVersion, banks: banks)
    let request = setup == nil ? nil : dom0Request
    let outcome = setup.map { XenOutcome($0, request, on: soc) }
    return MemoryMap(
      regions: try board.regions(on: soc),
      claims: soc.loadingClaims(beside: memory.claims) + (outcome?.claims ?? [])
        + (unpacking?.claims ?? []),
      clashes: [], xen: outcome?.memory, dom0: outcome?.dom0,
      determinedSizes: outcome?.determinedSizes)
  }

  /// Where dom0 comes to lie on each variant of the board, by the size of its RAM, and the sizes of
  /// dom0's memory that are determined there.
  public func dom0Placements() -> [(variant: ByteCount, Dom0Placement, sizes: [ByteCount])] {
    guard let request = dom0Request else { return [] }
    return board.memory.variants.compactMap { variant in
      setup(on: variant).map {
        (variant, Dom0Placement($0, request), Dom0Placement.determinedSizes($0, request))
      }
    }
  }

  /// Sizes of dom0's memory for which every boot finds room, for each variant.
  func fittingSizes() -> [[ByteCount]] {
    guard let request = dom0Request else { return [] }
    return board.memory.variants.compactMap { variant in
      setup(on: variant).map { Dom0Placement.fittingSizes($0, request) }
    }
  }

  /// The placements without the sizes, which take longer to find.
  func placements() -> [(variant: ByteCount, placement: Dom0Placement)] {
    guard let request = dom0Request else { return [] }
    return board.memory.variants.compactMap { variant in
      setup(on: variant).map { (variant, Dom0Placement($0, request)) }
    }
  }

  /// What of a variant's RAM Xen can give to its domains; nil where its ways are not known.
  func memoryLeft(on variant: ByteCount) -> ByteCount? {
    setup(on: variant).flatMap { setup in XenMemory(setup).map { $0.left(beside: setup) } }
  }

  private func setup(on variant: ByteCount) -> XenSetup? {
    AddressRange(start: soc.dram.base, size: variant).flatMap {
      xenSetup(version: xenVersion, banks: [$0] + board.memory.further)
    }
  }

  /// What dom0 is to have; nil where there is none.
  var dom0Memory: ByteCount? {
    project.flow == .xen ? project.dom0.memory ?? board.dom0.memory : nil
  }

  /// What Xen finds; nil without Xen, or where it is not loaded as planned here.
  private func xenSetup(version: XenVersion?, banks: [AddressRange]) -> XenSetup? {
    let loaded = memory.claims.filter { $0.stage == .loading }
    func first(_ kind: Claim.Kind, at address: Address) -> AddressRange? {
      loaded.first { $0.kind == kind && $0.range.start == address }?.range
    }
    // U-Boot hands over the tree where it moved it to, which is the higher of the two.
    guard let version, let xen = first(.xen, at: places.xen.address),
      let tree = loaded.filter({ $0.kind == .tree }).map(\.range).max(by: { $0.start < $1.start })
    else { return nil }
    let guests = loaded.filter { if case .guest = $0.setting { true } else { false } }
    let modules = [
      first(.kernel, at: places.kernel.address), first(.initrd, at: places.initrd.address),
    ]
    return XenSetup(
      version: version, banks: banks, xen: xen, tree: tree,
      modules: modules.compactMap { $0 } + guests.map(\.range),
      reserved: loaded.filter { $0.kind == .reserved }.map(\.range))
  }

  /// What dom0 is to have; nil where there is no kernel for it, or none that Xen starts.
  private var dom0Request: Dom0Request? {
    let files = Dictionary(artefacts.map { ($0.name, $0) }) { first, _ in first }
    guard let kernel = files["kernel"], let tree = files["xen.dtb"] else { return nil }
    return Dom0Request(
      memory: project.dom0.memory ?? board.dom0.memory, kernel: kernel.bytes,
      initrd: files["initrd"].map { ByteCount($0.bytes.count) },
      tree: ByteCount(tree.bytes.count), arguments: commandLines.xen, on: soc)
  }
}
