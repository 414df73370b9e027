public import Measures

/// Why the rehearsal is over: something that a script does not come back from, or that is not played.
public enum MachineStop: Error, Sendable, Hashable {
  /// A kernel or hypervisor was entered.
  case jumped(BootHandover)
  case reset
  case poweredOff
  /// A command of this U-Boot's that is not modelled: what it would do is not guessed.
  case notModelled(command: String, reason: String)
  /// The processor was told to use memory that is no RAM.
  case outsideMemory(address: UInt64, count: Int)
  /// Something was written over U-Boot itself.
  case overwroteUBoot(AddressRange)
  /// The board waits for a person, or for ever.
  case waits(String)
  /// More commands than anybody's boot takes.
  case tooManyCommands(Int)
  /// More bytes than anybody's boot moves.
  case movesTooMuch(UInt64)
  /// A command of more bytes than anybody's boot has.
  case tooLong(Int)
  /// The task that plays it was cancelled.
  case cancelled
  /// Variables and scripts that run each other without end: the board's stack would overflow.
  case tooDeep
}

/// The state in which the next program is entered.
public struct BootHandover: Sendable, Hashable {
  /// `bootz`, `bootm`, `booti` or `go`.
  public var command: String
  /// Where it is entered.
  public var entry: Address
  /// Where it lies, as far as its header or its image says; nil for `go`.
  public var program: AddressRange?
  /// Where its tree lies, after U-Boot has moved and changed it; nil without one.
  public var treeAddress: Address?
  /// The tree as the next program finds it.
  public var tree: [UInt8]
  /// Where ATAGS lie, for a kernel without a tree.
  public var tags: Address?
  /// Where the initial RAM disk lies that U-Boot hands over, if it does.
  public var initrd: AddressRange?
  /// Whether it is entered in HYP mode.
  public var isHYP: Bool
  /// What U-Boot wrote into the tree beyond what the script did, a sentence each.
  public var changes: [String]

  public init(
    command: String, entry: Address, program: AddressRange? = nil, treeAddress: Address?,
    tree: [UInt8],
    tags: Address? = nil, initrd: AddressRange? = nil, isHYP: Bool, changes: [String] = []
  ) {
    self.command = command
    self.entry = entry
    self.program = program
    self.treeAddress = treeAddress
    self.tree = tree
    self.tags = tags
    self.initrd = initrd
    self.isHYP = isHYP
    self.changes = changes
  }
}
