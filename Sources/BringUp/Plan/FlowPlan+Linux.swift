import Boards
import BootImages
import BootScripts
import DeviceTree
import Diagnostics
import Measures
import MemoryPlanner
import Workspace

extension FlowPlan {
  /// Linux by itself: U-Boot hands it the tree, the RAM disk and its command line.
  static func linux(_ request: FlowRequest) throws -> FlowPlan {
    let (parts, soc, project) = (request.parts, request.soc, request.project)
    let places = try LinuxPlaces(project.image.bootScript, on: soc)
    var sets = [linuxSet(request, in: "", parts.kernel, parts.tree, at: places)]
    if let fallback = parts.fallback {
      sets.append(
        linuxSet(
          request, in: FlowRequest.fallbackFolder, fallback.kernel, fallback.tree, at: places))
    }
    var warnings = project.flow == .kvm ? [KVMSupport(parts.config).warning].compactMap { $0 } : []
    for set in sets { warnings += try judge(set, of: request, xen: nil) }

    let title = request.board.identity.model
    let arguments = request.lines.linux
    let script = BootScript(
      board: request.board.name, title: title,
      payload: .linux(arguments: arguments, needsHYP: project.flow == .kvm),
      sets: sets.map {
        BootSet(
          loads: $0.files.map(\.bootLoad), entry: places.kernel,
          initrd: AddressRange(start: places.initrd, size: ByteCount(request.initrd.count)),
          tree: places.tree)
      },
      bootWindow: try request.board.bootWindow(on: soc))
    let menu = ExtlinuxMenu(
      title: title, arguments: arguments,
      labels: sets.map {
        ExtlinuxMenu.Label(
          name: $0.folder.isEmpty ? "linux" : "fallback", kernel: $0.folder + kernelName,
          initrd: $0.folder + initrdName, tree: $0.folder + treeName)
      })
    let scripts = try ScriptPlan(
      .script(script), extlinux: menu, place: places.script, data: request.data)
    let texts: [BuildPlan.Artefact]
    switch project.image.bootScript {
    case .script: texts = try scriptFiles(scripts, of: request)
    case .extlinux:
      texts = [
        BuildPlan.Artefact(
          name: ExtlinuxMenu.path, bytes: Array(try scripts.extlinuxConf().utf8))
      ]
    }
    return FlowPlan(
      sets: sets, scripts: scripts, texts: texts,
      memory: try MemoryPlan(
        board: request.board, soc: soc, tree: parts.tree.tree, sets: sets,
        script: claim(
          of: project.image.bootScript == .script ? "the boot script" : "extlinux.conf",
          texts.last, at: places.script)),
      warnings: warnings)
  }

  private static let kernelName = "kernel"
  private static let initrdName = "initrd"
  private static let treeName = "linux.dtb"

  private static func linuxSet(
    _ request: FlowRequest, in folder: String, _ kernel: CheckedInputs.Kernel,
    _ tree: CheckedInputs.Tree, at places: LinuxPlaces
  ) -> PlannedSet {
    var set = PlannedSet(folder: folder)
    set.kernel = PlannedFile(
      .init(name: folder + kernelName, input: kernel.input, load: places.kernel),
      at: places.kernel, as: .kernel, name: "Linux", owner: "the kernel", memory: kernel.memory)
    set.initrd = PlannedFile(
      .init(name: folder + initrdName, bytes: request.initrd, load: places.initrd),
      at: places.initrd, as: .initrd, name: "initial RAM disk",
      reason: "its file, before U-Boot moves it")
    // Written anew: without the room that others left in it.
    let bytes = tree.tree.encoded()
    set.tree = PlannedFile(
      .init(name: folder + treeName, bytes: bytes, load: places.tree), at: places.tree,
      as: .tree, name: "device tree",
      memory: max(ByteCount(bytes.count), BootScript.overridesLimit),
      reason: "the file, before U-Boot moves it", alignment: 8)
    set.movedTree = ByteCount(bytes.count)
    set.movedInitrd = ByteCount(request.initrd.count)
    return set
  }
}

/// Where a boot without Xen loads to: our own script chooses, U-Boot's own boot sequence does not.
struct LinuxPlaces {
  let kernel: Address
  let initrd: Address
  let tree: Address
  let script: Address

  init(_ kind: Project.BootScriptKind, on soc: SoC) throws {
    switch kind {
    case .script:
      (kernel, initrd) = (soc.load.kernel, soc.load.initrd)
      (tree, script) = (soc.load.tree, soc.load.script)
    case .extlinux:
      guard let load = soc.ubootLoad else {
        throw BuildError.noLoadAddresses(
          soc: soc.title, section: "uboot-load", neededFor: "a boot by extlinux.conf")
      }
      (kernel, initrd) = (load.kernel, load.initrd)
      (tree, script) = (load.tree, load.script)
    }
  }
}
