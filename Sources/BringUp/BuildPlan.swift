public import Boards
public import BootImages
import BootScripts
import DeviceTree
import DeviceTreeLint
public import Diagnostics
import FAT
public import ImagePlan
import Initramfs
public import Measures
public import MemoryPlanner
public import Workspace
import XenTree

/// Everything that a build will write, worked out before a byte of it is written.
///
/// ```
/// project, board, inputs ─► XenTree ─► tree ─┐
///                    └────► initramfs ───────┼─► MemoryPlan (all in place, or who clashes)
///                                            ├─► script
///                                            └─► ImagePlan
/// ```
public struct BuildPlan: Sendable {
  /// A file of the boot partition.
  public struct Artefact: Sendable {
    /// Its name on the card and in `boot/`.
    public let name: String
    public let bytes: [UInt8]
    /// In lower-case hexadecimal digits.
    public let sha256: String
    /// Where the script loads it to, if it does.
    public let load: Address?

    init(name: String, bytes: [UInt8], load: Address? = nil) {
      self.init(name: name, bytes: bytes, sha256: Digest.sha256(bytes), load: load)
    }

    /// An input that goes onto the card as it is, and has been hashed already.
    init(name: String, input: Input, load: Address) {
      self.init(name: name, bytes: input.bytes, sha256: input.sha256, load: load)
    }

    private init(name: String, bytes: [UInt8], sha256: String, load: Address?) {
      self.name = name
      self.bytes = bytes
      self.sha256 = sha256
      self.load = load
    }
  }

  public let project: Project
  public let board: Board
  public let soc: SoC
  public let inputs: [Input]
  public let xenVersion: XenVersion
  public let commandLines: CommandLines
  public let memory: MemoryPlan
  public let artefacts: [Artefact]
  public let image: ImagePlan
  /// What can be built, but is more likely not meant.
  public let warnings: [Diagnostic]

  /// - Parameters:
  ///   - inputs: one for each role.
  ///   - data: templates, shipped or the user's.
  ///   - epoch: the time stamp of all that gets one, in seconds since 1970.
  public init(
    project: Project, board: Board, soc: SoC, inputs: [Input], data: DataFiles, epoch: UInt32
  ) throws {
    let dom0Warning = try board.checkDom0(project.dom0.memory ?? board.dom0.memory)
    let parts = try CheckedInputs(inputs, board: board, soc: soc)
    let version = project.xen.version ?? parts.xen.version
    let lines = CommandLines(project: project, board: board)

    let initrd = try BusyboxInitramfs.archive(
      busybox: parts.busybox, initScript: try data.template("init.sh").text, modified: epoch)
    let soc = try soc.loading(
      project.load, on: board, tree: parts.tree, treeSize: parts.treeSize,
      needs: [
        LoadNeed(
          key: "xen", owner: "Xen", kind: .xen, size: parts.xen.memorySize, alignment: 2 << 20),
        LoadNeed(
          key: "kernel", owner: "the dom0 kernel", kind: .kernel, size: parts.kernelMemory,
          alignment: 4096),
        LoadNeed(
          key: "initrd", owner: "the initial RAM disk", kind: .initrd,
          size: ByteCount(initrd.count), alignment: 4096),
      ])
    let load = soc.load
    let tree = try XenTree(
      version: version, xenArguments: lines.xen, dom0Arguments: lines.dom0,
      console: board.console.xenUART,
      modules: [
        XenModule(kind: .kernel, address: load.kernel, size: parts.kernel.size),
        XenModule(kind: .ramdisk, address: load.initrd, size: ByteCount(initrd.count)),
      ]
    ).composed(on: parts.tree).encoded()

    let loaded: [(name: String, Artefact)] = [
      ("Xen", Artefact(name: "xen", input: parts.xenInput, load: load.xen)),
      ("dom0 kernel", Artefact(name: "kernel", input: parts.kernel, load: load.kernel)),
      ("initial RAM disk", Artefact(name: "initrd", bytes: initrd, load: load.initrd)),
      ("device tree", Artefact(name: "xen.dtb", bytes: tree, load: load.tree)),
    ]
    let template = try data.template("xen.cmd")
    let script = try XenBootScript(
      board: board.name, title: board.identity.model,
      loads: loaded.map { name, artefact in
        XenBootScript.Load(
          name: name, file: artefact.name, address: artefact.load ?? 0,
          size: ByteCount(artefact.bytes.count))
      },
      xen: load.xen, tree: load.tree, bootWindow: try board.bootWindow(on: soc)
    ).text(template: ScriptTemplate(name: template.file, text: template.text))
    let scriptBytes = Array(script.utf8)
    let scriptImage = try LegacyImage.script(
      text: scriptBytes, name: "ctboot \(board.name)", time: epoch)

    let artefacts =
      loaded.map(\.1) + [
        Artefact(name: "boot.cmd", bytes: scriptBytes),
        Artefact(name: "boot.scr", bytes: scriptImage),
      ]
    self.memory = try MemoryPlan(
      board: board, soc: soc, tree: parts.tree, treeSize: ByteCount(tree.count),
      xen: parts.xen.memorySize, xenVersion: version, kernel: parts.kernelMemory,
      initrd: ByteCount(initrd.count),
      script: ByteCount(scriptImage.count))
    // What clashes in memory is told by the map above, with an address that would do.
    let judgement = TreeJudgement(
      tree, named: "xen.dtb", accepting: project.lint,
      for: LintTarget(
        soc: soc, board: board, xen: version,
        loaded: loaded.map { name, artefact in
          LoadedFile(name: name, address: artefact.load ?? 0, bytes: artefact.bytes)
        },
        treeAddress: load.tree))
    guard judgement.errors.isEmpty else {
      throw BuildError.faultyTree(file: "xen.dtb", judgement.errors)
    }
    self.image = try ImagePlan(
      CardLayout(
        bootloader: soc.spl.map {
          CardLayout.Bootloader(offset: $0.offset.rawValue, bytes: parts.bootloader.bytes)
        },
        bootFiles: artefacts.map { CardLayout.BootFile(path: $0.name, bytes: $0.bytes) },
        bootKind: project.image.bootKind, bootSize: project.image.bootSize,
        imageSize: project.image.size, powerOfTwo: board.machine?.powerOfTwo ?? false,
        identity: Self.identity(artefacts, bootloader: parts.bootloader),
        modified: Int64(epoch)))
    self.project = project
    self.board = board
    self.soc = soc
    self.inputs = inputs
    self.xenVersion = version
    self.commandLines = lines
    self.artefacts = artefacts
    self.warnings = [dom0Warning].compactMap { $0 } + parts.warnings + judgement.warnings
  }

  /// A digest of all that the card holds, in a fixed order.
  private static func identity(_ artefacts: [Artefact], bootloader: Input) -> [UInt8] {
    let digests = artefacts.map { "\($0.name) \($0.sha256)" }
    let text = (digests + ["bootloader \(bootloader.sha256)"]).joined(separator: "\n")
    return Digest.bytes(Array(text.utf8))
  }

  /// The bootloader, where the machine takes it as firmware instead of from the card.
  public var firmware: Input? {
    board.machine?.bootloaderIsFirmware == true
      ? inputs.first { $0.role == .bootloader } : nil
  }
}
