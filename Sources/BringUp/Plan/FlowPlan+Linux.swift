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
  static func linux(_ request: FlowRequest, at places: LoadPlaces) throws -> FlowDraft {
    let (parts, project) = (request.parts, request.project)
    var sets = [linuxSet(request, in: "", parts.kernel, parts.tree, at: places)]
    if let fallback = parts.fallback {
      sets.append(
        linuxSet(
          request, in: FlowRequest.fallbackFolder, fallback.kernel, fallback.tree, at: places))
    }
    let warnings = project.flow == .kvm ? [KVMSupport(parts.config).warning].compactMap { $0 } : []

    let title = request.board.identity.model
    let arguments = request.lines.linux
    let script = BootScript(
      board: request.board.name, title: title,
      payload: .linux(arguments: arguments, needsHYP: project.flow == .kvm),
      sets: sets.map {
        BootSet(
          loads: $0.files.map(\.bootLoad), entry: places.kernel.address,
          initrd: AddressRange(
            start: places.initrd.address, size: ByteCount(request.initrd.count)),
          tree: places.tree.address)
      },
      bootWindow: try request.board.bootWindow(on: request.soc))
    let menu = ExtlinuxMenu(
      title: title, arguments: arguments,
      labels: sets.map {
        ExtlinuxMenu.Label(
          name: $0.folder.isEmpty ? "linux" : "fallback", kernel: $0.folder + kernelName,
          initrd: $0.folder + initrdName, tree: $0.folder + treeName)
      })
    let scripts = try ScriptPlan(
      .script(script), extlinux: menu, place: places.script.address, data: request.data)
    let texts: [BuildPlan.Artefact]
    switch project.image.bootScript {
    case .script: texts = try scriptFiles(scripts, of: request)
    case .extlinux:
      texts = [
        BuildPlan.Artefact(
          name: ExtlinuxMenu.path, bytes: Array(try scripts.extlinuxConf().utf8))
      ]
    }
    return FlowDraft(
      sets: sets, scripts: scripts, texts: texts,
      script: claim(
        of: project.image.bootScript == .script ? "the boot script" : "extlinux.conf",
        texts.last, at: places.script),
      unpacking: unpacking(of: parts.kernel.input.bytes, from: places.kernel.address),
      warnings: warnings)
  }

  /// Where a kernel goes that is started at an address; nil where it does not say.
  static func unpacking(of kernel: [UInt8], from address: Address) -> KernelUnpacking? {
    guard let unpacked = ZImage.Unpacked(kernel.span.bytes),
      let range = AddressRange(start: address, size: ByteCount(kernel.count))
    else { return nil }
    return KernelUnpacking(zImage: range, unpacked: unpacked)
  }

  private static let kernelName = "kernel"
  private static let initrdName = "initrd"
  private static let treeName = "linux.dtb"

  private static func linuxSet(
    _ request: FlowRequest, in folder: String, _ kernel: CheckedInputs.Kernel,
    _ tree: CheckedInputs.Tree, at places: LoadPlaces
  ) -> PlannedSet {
    var set = PlannedSet(folder: folder)
    set.kernel = PlannedFile(
      .init(name: folder + kernelName, input: kernel.input, load: places.kernel.address),
      at: places.kernel, as: .kernel, name: "Linux", owner: "the kernel", memory: kernel.memory)
    set.initrd = PlannedFile(
      .init(name: folder + initrdName, bytes: request.initrd, load: places.initrd.address),
      at: places.initrd, as: .initrd, name: "initial RAM disk",
      reason: "its file, before U-Boot moves it")
    // Written anew: without the room that others left in it.
    let bytes = tree.tree.encoded()
    set.tree = PlannedFile(
      .init(name: folder + treeName, bytes: bytes, load: places.tree.address),
      at: places.tree, as: .tree, name: "device tree",
      memory: max(ByteCount(bytes.count), BootScript.overridesLimit),
      reason: "the file, before U-Boot moves it", alignment: 8)
    set.movedTree = ByteCount(bytes.count)
    set.movedInitrd = ByteCount(request.initrd.count)
    return set
  }
}
