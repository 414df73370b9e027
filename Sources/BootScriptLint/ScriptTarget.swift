public import Measures

/// For what a script is judged: the machine, its U-Boot, and the card that the script stands on. What
/// nobody knows is nil, and rules that would need it are silent.
public struct ScriptTarget: Sendable {
  /// Which U-Boot runs the script.
  public enum Bootloader: Sendable, Hashable {
    /// One that looks for `extlinux.conf` and `boot.scr` (the distro boot sequence).
    case mainline
    /// The one of 2013, which reads `uEnv.txt` and loads kernels by itself.
    case legacy
  }

  public var bootloader = Bootloader.mainline
  /// The smallest memory that the board is sold with.
  public var banks: [AddressRange] = []
  /// Where U-Boot lies: its text, and the top of memory that it moves to.
  public var own: [AddressRange] = []
  /// Memory that somebody else uses.
  public var reserved: [AddressRange] = []
  /// Where `bootm` and `bootz` place tree and initrd, unless the script says otherwise.
  public var bootWindow: AddressRange?
  /// Where the script itself lies when it runs.
  public var scriptAddress: Address?
  /// `CONFIG_SYS_MAXARGS`: a command with more words, its name among them, fails.
  public var mostWords = 16
  /// `CONFIG_SYS_CBSIZE`: what is longer is cut when it is printed.
  public var lineSize = 1024
  public var commands: Set<String>?
  /// What the environment holds when nothing was saved; values that nobody knows are empty.
  public var environment: [String: String]?
  /// The board's tree file, as U-Boot's `fdtfile` names it.
  public var treeFile: String?
  /// How the names of this chip's tree files begin.
  public var treePrefix: String?
  /// Whether the processor has the virtualization extensions.
  public var hasHYP: Bool?
  public var is32Bit: Bool?
  /// Whether Xen is to boot; nil to go by the script.
  public var isForXen: Bool?
  /// The card that the script stands on.
  public var image: ScriptImage?
  /// Files in the same folder, by name; and whether `extlinux/extlinux.conf` is among them.
  public var siblings: [String: [UInt8]] = [:]

  public init() {}
}

/// The card that a script stands on.
public struct ScriptImage: Sendable {
  /// As `load` names it: `mmc`, device 0.
  public var interface = "mmc"
  public var device = 0
  /// Whether the disk is partitioned.
  public var hasTable: Bool
  public var volumes: [ScriptVolume]
  /// The number of the partition that the script is found on.
  public var bootPartition: Int
  /// The folder that the boot sequence found the script in: `/` or `/boot/`.
  public var prefix = "/"

  public init(volumes: [ScriptVolume], bootPartition: Int, hasTable: Bool = true) {
    self.volumes = volumes
    self.bootPartition = bootPartition
    self.hasTable = hasTable
  }

  func volume(_ number: Int) -> ScriptVolume? { volumes.first { $0.number == number } }
}

/// A filesystem on a card, as far as it can be read.
public struct ScriptVolume: Sendable {
  public enum Filesystem: Sendable, Hashable {
    case fat
    case ext
    /// One that is not known here, or none.
    case other
  }

  /// The partition's number; 0 for a disk without partitions.
  public let number: Int
  public let filesystem: Filesystem
  /// Sizes in bytes by path, with a leading slash; nil where nobody can list them.
  public let files: [String: UInt64]?
  /// What `files` has under names in lower case.
  private let folded: [String: String]
  private let reading: @Sendable (String) -> [UInt8]

  /// - Parameter reading: a file's first bytes, all of them where it is not unusually long.
  public init(
    number: Int, filesystem: Filesystem, files: [String: UInt64]?,
    reading: @escaping @Sendable (String) -> [UInt8] = { _ in [] }
  ) {
    self.number = number
    self.filesystem = filesystem
    self.files = files
    self.reading = reading
    folded = Dictionary(
      (files ?? [:]).keys.sorted().map { ($0.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The file of that path as it is stored: on FAT, case does not count.
  func stored(_ path: String) -> String? {
    let path = Self.normalised(path)
    if files?[path] != nil { return path }
    return filesystem == .fat ? folded[path.lowercased()] : nil
  }

  /// The same path in other letters.
  func inOtherCase(_ path: String) -> String? { folded[Self.normalised(path).lowercased()] }

  func size(_ path: String) -> UInt64? { stored(path).flatMap { files?[$0] } }
  func bytes(_ path: String) -> [UInt8] { stored(path).map(reading) ?? [] }

  /// `boot//x` and `/boot/x` are one.
  static func normalised(_ path: String) -> String {
    "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}
