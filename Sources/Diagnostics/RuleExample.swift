/// A file that a rule finds fault with, or its repaired twin.
public struct RuleExample: Sendable, Hashable {
  /// What an example is written in.
  public enum Language: String, Sendable, Hashable, CaseIterable {
    case dts
    /// A boot script (`boot.cmd`).
    case hush
    /// The same as an image for U-Boot's `source` (`boot.scr`); the source is its text.
    case scriptImage
    /// `uEnv.txt`.
    case environment
    /// `extlinux.conf`.
    case extlinux
  }

  /// In a bad example, « stands before the text where the finding has to be and » behind it. The
  /// `/dts-v1/;` of DTS is left out.
  public let source: String
  public let language: Language
  /// Changes to the bytes that are made of the source, for faults that no source can have.
  public let patches: [BytePatch]
  /// For which target the example is linted.
  public let target: Target

  public init(
    _ source: String, in language: Language = .dts, patches: [BytePatch] = [],
    for target: Target = .any
  ) {
    self.source = source
    self.language = language
    self.patches = patches
    self.target = target
  }

  /// What `--xen` and `--board` would have said, and files that lie beside the tree.
  public struct Target: Sendable, Hashable {
    /// A version: `4.17`.
    public var xen: String?
    /// A board's name.
    public var board: String?
    /// A SoC's name, where no board is meant.
    public var soc: String?
    /// The SoC that the rule's id begins with. Where nothing is said of board or SoC, the tree's
    /// `compatible` tells, as for `ctboot lint`.
    public var isForRulesChip: Bool
    /// Files that lie in memory when Xen starts.
    public var files: [File]
    /// What the boot script sets in U-Boot's environment.
    public var environment: [String: String]
    /// Where the tree lies when Xen starts.
    public var treeAddress: UInt64?
    /// The card that a script stands on; nil where nobody named one.
    public var medium: Medium?
    /// Files in the same folder as a script, by name.
    public var siblings: [String: [UInt8]] = [:]
    /// It is for the U-Boot of 2013, which reads `uEnv.txt` by itself.
    public var isForLegacyBootloader = false

    public init(
      xen: String? = nil, board: String? = nil, soc: String? = nil,
      isForRulesChip: Bool = false, files: [File] = [], environment: [String: String] = [:],
      treeAddress: UInt64? = nil
    ) {
      self.xen = xen
      self.board = board
      self.soc = soc
      self.isForRulesChip = isForRulesChip
      self.files = files
      self.environment = environment
      self.treeAddress = treeAddress
    }

    public static let any = Target()
    public static let ofRulesChip = Target(isForRulesChip: true)
    public static func xen(_ version: String) -> Target { Target(xen: version) }
  }

  /// A card, cut down to what a rule reads of it: one partition with a filesystem, perhaps more.
  public struct Medium: Sendable, Hashable {
    /// A file of the boot partition.
    public struct File: Sendable, Hashable {
      /// From the partition's root: `/boot/zImage`.
      public let path: String
      public let size: UInt64
      /// What it begins with.
      public let bytes: [UInt8]

      public init(_ path: String, size: UInt64, bytes: [UInt8] = []) {
        self.path = path
        self.size = size
        self.bytes = bytes
      }
    }

    /// `fat` or `ext4`.
    public var filesystem: String
    /// Numbers of its partitions; the first one holds the files.
    public var partitions: [Int]
    public var files: [File]

    public init(_ files: [File], filesystem: String = "fat", partitions: [Int] = [1]) {
      self.files = files
      self.filesystem = filesystem
      self.partitions = partitions
    }
  }

  /// A file that is loaded beside the tree, cut down to what a rule reads of it.
  public struct File: Sendable, Hashable {
    /// Where the script loads it to.
    public let address: UInt64
    public let bytes: [UInt8]

    public init(address: UInt64, bytes: [UInt8]) {
      self.address = address
      self.bytes = bytes
    }
  }
}

extension RuleExample: ExpressibleByStringLiteral {
  public init(stringLiteral source: String) { self.init(source) }
}

/// Bytes of a blob that are overwritten.
public struct BytePatch: Sendable, Hashable {
  /// Where counting begins.
  public enum Base: String, Sendable, Hashable, CaseIterable {
    /// The header, at the blob's first byte.
    case header
    case reservations
    case structure
    case strings
    /// The blob's end; offsets are negative, or 0 to append.
    case end
  }

  public let base: Base
  public let offset: Int
  public let bytes: [UInt8]
  /// How often the bytes are written, one behind the other.
  public let times: Int

  public init(_ base: Base, _ offset: Int, _ bytes: [UInt8], times: Int = 1) {
    self.base = base
    self.offset = offset
    self.bytes = bytes
    self.times = times
  }

  /// A word of the header, big-endian: 0 magic, 4 totalsize, 8 off_dt_struct, 12 off_dt_strings,
  /// 16 off_mem_rsvmap, 20 version, 24 last_comp_version, 28 boot_cpuid_phys, 32 size_dt_strings,
  /// 36 size_dt_struct.
  public static func header(_ offset: Int, _ word: UInt32) -> BytePatch {
    BytePatch(.header, offset, word.bigEndianBytes)
  }

  public static func structure(_ offset: Int, _ word: UInt32) -> BytePatch {
    BytePatch(.structure, offset, word.bigEndianBytes)
  }
}

extension UInt32 {
  fileprivate var bigEndianBytes: [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> UInt32($0)) }
  }
}

extension RuleExample {
  /// The source as one would write it, without the marks.
  public var unmarked: String { Self.unmarked(source) }

  /// A line or a whole text without marks.
  public static func unmarked(_ text: some StringProtocol) -> String {
    String(text.filter { $0 != "«" && $0 != "»" })
  }
}
