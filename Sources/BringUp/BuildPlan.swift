public import Boards
public import BootImages
import DeviceTree
public import Diagnostics
import FAT
public import ImagePlan
import Initramfs
public import Measures
public import MemoryPlanner
public import Workspace

/// Everything that a build will write, worked out before a byte of it is written.
///
/// ```
/// project, board, inputs ─► FlowPlan: sets of files ─┬─► MemoryPlan (all in place, or who clashes)
///                    └────► initramfs ───────────────┼─► script
///                                                    └─► ImagePlan
/// ```
public struct BuildPlan: Sendable {
  /// A file of the boot partition.
  public struct Artefact: Sendable {
    /// Its path on the card and in `boot/`.
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
  /// Nil in flows without Xen.
  public let xenVersion: XenVersion?
  public let commandLines: CommandLines
  public let memory: MemoryPlan
  public let artefacts: [Artefact]
  public let image: ImagePlan
  /// What can be built, but is more likely not meant.
  public let warnings: [Diagnostic]
  let scripts: ScriptPlan
  let places: LoadPlaces
  let unpacking: KernelUnpacking?

  /// - Parameters:
  ///   - inputs: one for each role that the project's flow has.
  ///   - guests: the project's guests, with their files.
  ///   - data: templates, shipped or the user's.
  ///   - epoch: the time stamp of all that gets one, in seconds since 1970.
  /// - Throws: `MemoryFault` where something cannot lie where it is to lie.
  public init(
    project: Project, board: Board, soc: SoC, inputs: [Input], guests: Guests = Guests(),
    data: DataFiles, epoch: UInt32
  ) throws {
    let parts = try CheckedInputs(inputs, flow: project.flow, board: board, soc: soc)
    let lines = CommandLines(project: project, board: board)
    let flow = try FlowPlan(
      FlowRequest(
        project: project, board: board, soc: soc, parts: parts, guests: guests, lines: lines,
        initrd: try BusyboxInitramfs.archive(
          busybox: parts.busybox, initScript: try data.template("init.sh").text, modified: epoch),
        data: data, epoch: epoch))
    let artefacts = flow.sets.artefacts + flow.texts
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
    self.xenVersion = flow.sets.first?.xenVersion
    self.commandLines = lines
    self.memory = flow.memory
    self.artefacts = artefacts
    self.scripts = flow.scripts
    self.places = flow.places
    self.unpacking = flow.unpacking
    self.warnings = parts.warnings + flow.warnings
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
