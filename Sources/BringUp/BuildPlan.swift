public import Boards
public import BootImages
import DeviceTree
import DeviceTreeLint
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
  /// Nil where the root is the initial RAM disk.
  public let root: PlannedRoot?
  /// Nil in flows without Xen.
  public let xenVersion: XenVersion?
  public let commandLines: CommandLines
  public let memory: MemoryPlan
  public let artefacts: [Artefact]
  /// Where a root partition takes what its content needs, this has neither that nor its entry in the
  /// partition table: `image(rootSize:)` has.
  public let image: ImagePlan
  private let card: CardLayout
  let epoch: UInt32
  /// What can be built, but is more likely not meant.
  public private(set) var warnings: [Diagnostic]
  let scripts: ScriptPlan
  let places: LoadPlaces
  let unpacking: KernelUnpacking?

  /// - Parameters:
  ///   - inputs: one for each role that the project's flow has.
  ///   - guests: the project's guests, with their files.
  ///   - root: what the project's root partition is to hold.
  ///   - data: templates, shipped or the user's.
  ///   - epoch: the time stamp of all that gets one, in seconds since 1970.
  /// - Throws: `MemoryFault` where something cannot lie where it is to lie, or no variant of the board has
  ///   the memory for it.
  public init(
    project: Project, board: Board, soc: SoC, inputs: [Input], guests: Guests = Guests(),
    root: PlannedRoot? = nil, data: DataFiles, epoch: UInt32
  ) throws {
    let parts = try CheckedInputs(inputs, flow: project.flow, board: board, soc: soc)
    let digest = Self.identity(inputs, guests, root)
    let lines = CommandLines(
      project: project, board: board,
      root: root?.arguments(on: DiskIdentity(digest: digest)) ?? [])
    try lines.checkLinux()
    let flow = try FlowPlan(
      FlowRequest(
        project: project, board: board, soc: soc, parts: parts, guests: guests, lines: lines,
        initrd: try Self.initrd(parts.busybox, root, data: data, epoch: epoch),
        data: data, epoch: epoch))
    let artefacts = flow.sets.artefacts + flow.texts
    card = CardLayout(
      bootloader: soc.spl.map {
        CardLayout.Bootloader(offset: $0.offset.rawValue, bytes: parts.bootloader.bytes)
      },
      bootFiles: artefacts.map { CardLayout.BootFile(path: $0.name, bytes: $0.bytes) },
      bootKind: project.image.bootKind, bootSize: project.image.bootSize,
      root: root.map { CardLayout.RootPartition(size: $0.size) },
      imageSize: project.image.size, powerOfTwo: board.machine?.powerOfTwo ?? false,
      identity: digest, modified: Int64(epoch))
    image = try ImagePlan(card)
    self.epoch = epoch
    self.root = root
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
    warnings = parts.warnings + flow.warnings
    let domains = DomainMemory(self)
    if let fault = domains.fault { throw MemoryFault(try memoryMap(), fault) }
    // Trees last: the linter tells of one tree what is told here of the board.
    warnings += domains.warnings + (try flow.judged())
  }

  /// The plan with the root partition as large as it became.
  func image(rootSize: ByteCount) throws(ImagePlanError) -> ImagePlan {
    var card = card
    card.root = CardLayout.RootPartition(size: rootSize)
    return try ImagePlan(card)
  }

  private static func initrd(
    _ busybox: [UInt8], _ root: PlannedRoot?, data: DataFiles, epoch: UInt32
  ) throws -> [UInt8] {
    guard let root else {
      return try BusyboxInitramfs.archive(
        busybox: busybox, initScript: try data.template("init.sh").text, modified: epoch)
    }
    return try RootInitramfs(
      busybox: busybox, initScript: try data.template("root-init.sh").text,
      dhcpScript: try data.template("dhcp.sh").text, modules: root.modules,
      fileSystems: [.ext4]
    ).archive(modified: epoch)
  }

  /// A digest of all that the card is made of, in a fixed order. Not of what it holds: the root's id
  /// stands in the files of the boot partition.
  private static func identity(
    _ inputs: [Input], _ guests: Guests, _ root: PlannedRoot?
  ) -> [UInt8] {
    let lines =
      inputs.map { "\($0.role.rawValue) \($0.sha256)" }
      + guests.files.map { "guest \(Digest.sha256($0.loaded.bytes))" }
      + (root.map { ["root \($0.identity)"] } ?? [])
    return Digest.bytes(Array(lines.joined(separator: "\n").utf8))
  }

  /// The bootloader, where the machine takes it as firmware instead of from the card.
  public var firmware: Input? {
    board.machine?.bootloaderIsFirmware == true
      ? inputs.first { $0.role == .bootloader } : nil
  }
}
