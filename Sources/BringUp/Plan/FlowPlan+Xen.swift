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
  static func xen(_ request: FlowRequest, at places: LoadPlaces) throws -> FlowDraft {
    let (parts, project) = (request.parts, request.project)
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
      let (set, description) = try xenSet(
        request, at: places, in: folder, xen, kernel, tree)
      sets.append(set)
      plan.append(description)
    }
    let script = BootScript(
      board: request.board.name, title: request.board.identity.model,
      payload: .xen(
        property: plan[0].argumentsProperty, dom0Property: plan[0].dom0ArgumentsProperty),
      sets: sets.map {
        BootSet(
          loads: $0.files.map(\.bootLoad), entry: places.xen.address,
          tree: places.tree.address)
      },
      bootWindow: try request.board.bootWindow(on: request.soc))
    let scripts = try ScriptPlan(
      .script(script), place: places.script.address, data: request.data)
    let texts = try scriptFiles(scripts, of: request)
    return FlowDraft(
      sets: sets, scripts: scripts, texts: texts,
      script: claim(of: "the boot script", texts.last, at: places.script), warnings: warnings)
  }

  private static func xenSet(
    _ request: FlowRequest, at places: LoadPlaces, in folder: String,
    _ xen: CheckedInputs.Hypervisor,
    _ kernel: CheckedInputs.Kernel, _ tree: CheckedInputs.Tree
  ) throws -> (PlannedSet, XenTree) {
    let version = request.project.xen.version ?? xen.image.version
    var set = PlannedSet(folder: folder)
    set.xenVersion = version
    set.xen = PlannedFile(
      .init(name: folder + "xen", input: xen.input, load: places.xen.address),
      at: places.xen, as: .xen, name: "Xen", owner: "Xen", memory: xen.image.memorySize,
      reason: "its image with the memory behind it that it clears (zImage header)",
      alignment: try MemoryPlan.alignment(of: version, size: xen.image.memorySize))
    var modules: [XenModule] = []
    if request.project.flow != .dom0less {
      set.kernel = PlannedFile(
        .init(name: folder + "kernel", input: kernel.input, load: places.kernel.address),
        at: places.kernel, as: .kernel, name: "dom0 kernel", memory: kernel.memory)
      set.initrd = PlannedFile(
        .init(name: folder + "initrd", bytes: request.initrd, load: places.initrd.address),
        at: places.initrd, as: .initrd, name: "initial RAM disk")
      modules = [
        XenModule(kind: .kernel, address: places.kernel.address, size: kernel.input.size),
        XenModule(
          kind: .ramdisk, address: places.initrd.address, size: ByteCount(request.initrd.count)),
      ]
    }
    set.guests = request.guests.planned
    let description = XenTree(
      version: version, xenArguments: request.lines.xen, dom0Arguments: request.lines.dom0,
      console: request.board.console.xenUART, modules: modules, domains: request.guests.domains,
      eventChannels: request.guests.channels, pools: request.guests.pools)
    let composed: DeviceTree
    do throws(XenTreeError) {
      composed = try description.composed(on: tree.tree)
    } catch {
      switch error {
      case .sameAddress, .beyondCells: break
      default: throw error
      }
      // The map tells it with an address that would do; this one has the tree's size.
      composed = try description.spread().composed(on: tree.tree)
      set.fault = error
    }
    let bytes = composed.encoded()
    let grown = ByteCount(UInt64(bytes.count) + BootScript.treeGrowth.rawValue)
    set.tree = PlannedFile(
      .init(name: folder + "xen.dtb", bytes: bytes, load: places.tree.address),
      at: places.tree, as: .tree, name: "device tree",
      memory: max(grown, BootScript.overridesLimit),
      reason: "the file and what \(BootScript.overrides) may add, before U-Boot moves it",
      alignment: 8)
    set.movedTree = grown
    return (set, description)
  }
}

extension XenTree {
  /// The same with an address of its own for every module, above all RAM.
  fileprivate func spread() -> XenTree {
    var copy = self
    var address: UInt64 = 0xF000_0000
    func moved(_ module: XenModule) -> XenModule {
      address += 0x1000
      return XenModule(kind: module.kind, address: Address(address), size: module.size)
    }
    copy.modules = modules.map(moved)
    for index in copy.domains.indices {
      copy.domains[index].modules = copy.domains[index].modules.map(moved)
    }
    return copy
  }
}
