import Boards
import BootImages
import BootScripts
import DeviceTree
import Diagnostics
import Measures
import MemoryPlanner
import Workspace
import XenTree

extension FlowPlan {
  /// Xen with dom0, guests, or both: their places stand in the tree, and the script loads them.
  static func xen(_ request: FlowRequest) throws -> FlowPlan {
    let (parts, soc, project) = (request.parts, request.soc, request.project)
    var warnings: [Diagnostic] = []
    if project.flow != .dom0less,
      let warning = try request.board.checkDom0(project.dom0.memory ?? request.board.dom0.memory)
    {
      warnings.append(warning)
    }
    guard let xen = parts.xen else { throw BuildError.noInput(.xen) }
    var (sets, plan) = ([PlannedSet](), [XenTree]())
    let all =
      [(folder: "", xen, parts.kernel, parts.tree)]
      + (parts.fallback.map { [(FlowRequest.fallbackFolder, $0.xen ?? xen, $0.kernel, $0.tree)] }
        ?? [])
    for (folder, xen, kernel, tree) in all {
      let (set, description) = try xenSet(request, in: folder, xen, kernel, tree)
      sets.append(set)
      plan.append(description)
    }
    let script = BootScript(
      board: request.board.name, title: request.board.identity.model,
      payload: .xen(
        property: plan[0].argumentsProperty, dom0Property: plan[0].dom0ArgumentsProperty),
      sets: sets.map {
        BootSet(
          loads: $0.files.map(\.bootLoad), entry: soc.load.xen, tree: soc.load.tree)
      },
      bootWindow: try request.board.bootWindow(on: soc))
    let scripts = try ScriptPlan(.script(script), place: soc.load.script, data: request.data)
    let texts = try scriptFiles(scripts, of: request)
    // The map first: it tells of a clash with an address that would do.
    let memory = try MemoryPlan(
      board: request.board, soc: soc, tree: parts.tree.tree, sets: sets,
      script: claim(of: "the boot script", texts.last, at: soc.load.script))
    for (set, description) in zip(sets, plan) {
      warnings += try judge(set, of: request, xen: description.version)
    }
    return FlowPlan(
      sets: sets, scripts: scripts, texts: texts, memory: memory,
      xenVersion: plan[0].version, warnings: warnings)
  }

  private static func xenSet(
    _ request: FlowRequest, in folder: String, _ xen: CheckedInputs.Hypervisor,
    _ kernel: CheckedInputs.Kernel, _ tree: CheckedInputs.Tree
  ) throws -> (PlannedSet, XenTree) {
    let load = request.soc.load
    let version = request.project.xen.version ?? xen.image.version
    var set = PlannedSet(folder: folder)
    set.xen = PlannedFile(
      .init(name: folder + "xen", input: xen.input, load: load.xen), at: load.xen, as: .xen,
      name: "Xen",
      owner: "Xen", memory: xen.image.memorySize,
      reason: "its image with the memory behind it that it clears (zImage header)",
      alignment: try MemoryPlan.alignment(of: version, size: xen.image.memorySize))
    var modules: [XenModule] = []
    if request.project.flow != .dom0less {
      set.kernel = PlannedFile(
        .init(name: folder + "kernel", input: kernel.input, load: load.kernel), at: load.kernel,
        as: .kernel, name: "dom0 kernel", memory: kernel.memory)
      set.initrd = PlannedFile(
        .init(name: folder + "initrd", bytes: request.initrd, load: load.initrd), at: load.initrd,
        as: .initrd, name: "initial RAM disk")
      modules = [
        XenModule(kind: .kernel, address: load.kernel, size: kernel.input.size),
        XenModule(kind: .ramdisk, address: load.initrd, size: ByteCount(request.initrd.count)),
      ]
    }
    set.guests = request.guests.planned
    let description = XenTree(
      version: version, xenArguments: request.lines.xen, dom0Arguments: request.lines.dom0,
      console: request.board.console.xenUART, modules: modules, domains: request.guests.domains,
      eventChannels: request.guests.channels, pools: request.guests.pools)
    let bytes = try description.composed(on: tree.tree).encoded()
    let grown = ByteCount(UInt64(bytes.count) + BootScript.treeGrowth.rawValue)
    set.tree = PlannedFile(
      .init(name: folder + "xen.dtb", bytes: bytes, load: load.tree), at: load.tree,
      as: .tree, name: "device tree", memory: max(grown, BootScript.overridesLimit),
      reason: "the file and what \(BootScript.overrides) may add, before U-Boot moves it",
      alignment: 8)
    set.movedTree = grown
    return (set, description)
  }
}
