import Boards
import BootImages
import BootScripts
import DeviceTree
import Diagnostics
import Measures
import MemoryPlanner
import Workspace

extension FlowPlan {
  /// Linux by the sunxi U-Boot of 2013 and 2014, with the board's tree or with script.bin. Its `bootm`
  /// takes wrapped files, and leaves tree and RAM disk where they are.
  static func legacy(_ request: FlowRequest, at places: LoadPlaces) throws -> FlowDraft {
    let (parts, soc) = (request.parts, request.soc)
    guard let load = soc.legacyLoad, let scriptBin = soc.scriptBin else {
      throw BuildError.noLoadAddresses(
        soc: soc.title, section: soc.scriptBin == nil ? "script-bin" : "legacy-load",
        neededFor: "the flow `legacy`")
    }
    let takesTree = parts.scriptBin == nil
    let all =
      [("", parts.kernel, parts.tree)]
      + (parts.fallback.map { [(FlowRequest.fallbackFolder, $0.kernel, $0.tree)] } ?? [])
    var sets: [PlannedSet] = []
    var further: [PlacementRequest] = []
    for (folder, kernel, tree) in all {
      let (set, moved) = try legacySet(
        request, at: places, in: folder, kernel, tree, entry: load.entry, takesTree: takesTree)
      sets.append(set)
      // The same place twice over; the larger one counts.
      if moved.size > further.first?.size ?? 0 { further = [moved] }
    }
    let environment = LegacyEnvironment(
      board: request.board.name, title: request.board.identity.model,
      arguments: request.lines.linux, kernel: kernelName, initrd: initrdName, tree: treeName,
      script: scriptName, takesTree: takesTree,
      places: .init(
        script: scriptBin.range.start,
        vendorKernel: takesTree ? load.vendorKernel : places.kernel.address,
        kernel: takesTree ? places.kernel.address : load.kernel,
        tree: places.tree.address, initrd: places.initrd.address),
      folders: sets.map(\.folder))
    let scripts = try ScriptPlan(
      .legacy(environment), place: places.script.address, data: request.data)
    var texts: [BuildPlan.Artefact] = []
    if let file = parts.scriptBin {
      let address = scriptBin.range.start
      texts.append(.init(name: scriptName, input: file, load: address))
      further.append(
        PlacementRequest(
          owner: "script.bin", kind: .tree, address: address, size: file.size, alignment: 4,
          reason: "its file, which the kernel looks for there",
          setting: .given(
            by: "the vendor's kernel, which looks for it there",
            instead: "move what is in its way, or use a kernel that takes a tree")))
    }
    texts.append(.init(name: "uEnv.txt", bytes: Array(try scripts.commands().utf8)))
    let kernel = parts.kernel
    let image = kernel.wrapped.map { Array(kernel.input.bytes[$0.payload]) } ?? kernel.input.bytes
    return FlowDraft(
      sets: sets, scripts: scripts, texts: texts,
      script: claim(
        of: "uEnv.txt", texts.last, at: places.script,
        reason: "U-Boot reads it to there (scriptaddr)"),
      further: further,
      unpacking: unpacking(of: image, from: kernel.wrapped?.load ?? load.entry))
  }

  private static let kernelName = "uImage"
  private static let initrdName = "uInitrd"
  private static let treeName = "board.dtb"
  private static let scriptName = "script.bin"

  /// The files, and what `bootm` makes of the kernel.
  private static func legacySet(
    _ request: FlowRequest, at places: LoadPlaces, in folder: String,
    _ kernel: CheckedInputs.Kernel,
    _ tree: CheckedInputs.Tree, entry: Address, takesTree: Bool
  ) throws -> (PlannedSet, PlacementRequest) {
    var set = PlannedSet(folder: folder)
    let name = "ctboot \(request.board.name)"
    let image =
      kernel.wrapped == nil
      ? try LegacyImage.wrapping(
        kernel.input.bytes, kind: .kernel, load: entry, entry: entry, name: name,
        time: request.epoch)
      : kernel.input.bytes
    set.kernel = PlannedFile(
      .init(name: folder + kernelName, bytes: image, load: places.kernel.address),
      at: places.kernel, as: .kernel, name: "kernel", reason: "its file, before bootm moves it")
    set.initrd = PlannedFile(
      .init(
        name: folder + initrdName,
        bytes: try LegacyImage.wrapping(
          request.initrd, kind: .ramdisk, name: name, time: request.epoch),
        load: places.initrd.address),
      at: places.initrd, as: .initrd, name: "initial RAM disk")
    if takesTree {
      set.tree = PlannedFile(
        .init(name: folder + treeName, bytes: tree.tree.encoded(), load: places.tree.address),
        at: places.tree, as: .tree, name: "device tree",
        memory: ByteCount(UInt64(tree.tree.encoded().count) + growth),
        reason: "the file and what U-Boot adds to it, in place", alignment: 8)
    }
    let moved = PlacementRequest(
      owner: "the kernel where bootm moves it to", kind: .kernel,
      address: kernel.wrapped?.load ?? entry,
      size: kernel.memory, alignment: 1, reason: "the load address in its header",
      setting: .given(
        by: kernel.wrapped == nil
          ? "`legacy-load: entry:` of the SoC's file" : "the header of its uImage",
        instead: "use a smaller kernel, or one that is linked to another address"))
    return (set, moved)
  }

  /// What U-Boot adds to a tree in place (`CONFIG_SYS_FDT_PAD`).
  private static let growth: UInt64 = 0x3000
}
