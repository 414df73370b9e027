public import Measures

/// What is known of the U-Boot that is played: facts of its build and its board, as values.
public struct UBootProfile: Sendable, Hashable {
  /// As in `U-Boot 2023.01`.
  public var version: String
  /// The board's RAM.
  public var banks: [AddressRange]
  /// Where U-Boot lies itself, when it runs: what is written there stops the board.
  public var own: AddressRange?
  /// `CONFIG_SYS_CBSIZE`: longer lines cannot be typed or printed into.
  public var lineSize: Int
  /// `CONFIG_SYS_MAXARGS`: a command with more words, its name among them, only prints its usage.
  public var mostWords: Int
  /// Bytes of the environment where it is kept, without the head that holds its checksum: `ENV_SIZE`,
  /// which is `CONFIG_ENV_SIZE` less 4. Nil where that is not known.
  public var environmentSize: Int?
  /// The names of its commands, from its own `help`. A command may be cut short where that is clear.
  public var commands: Set<String>
  /// What the environment holds when nothing was saved.
  public var environment: [String: String]
  /// Whether a kernel is entered in HYP mode, unless `bootm_boot_mode` says otherwise.
  public var entersHYP: Bool
  /// Whether U-Boot is the one that starts further processors, and tells so in the tree (PSCI 0.1).
  public var hasPSCI: Bool
  /// Whether the build has `fdt apply` (`CONFIG_OF_LIBFDT_OVERLAY`).
  public var appliesOverlays: Bool
  /// Where a kernel that gets no tree is told of memory, RAM disk and arguments (ATAGS,
  /// `bi_boot_params`); nil where the build cannot.
  public var tags: Address?
  /// Bytes that a kernel may have that `bootm` moves (`CONFIG_SYS_BOOTM_LEN`); nil for no limit.
  public var longestKernel: UInt64?

  public init(
    version: String, banks: [AddressRange], own: AddressRange? = nil, lineSize: Int = 1024,
    mostWords: Int = 16, environmentSize: Int? = nil, commands: Set<String>,
    environment: [String: String] = [:], entersHYP: Bool = true, hasPSCI: Bool = false,
    appliesOverlays: Bool = true, tags: Address? = nil, longestKernel: UInt64? = nil
  ) {
    self.version = version
    self.banks = banks
    self.own = own
    self.lineSize = lineSize
    self.mostWords = mostWords
    self.environmentSize = environmentSize
    self.commands = commands
    self.environment = environment
    self.entersHYP = entersHYP
    self.hasPSCI = hasPSCI
    self.appliesOverlays = appliesOverlays
    self.tags = tags
    self.longestKernel = longestKernel
  }
}
