public import BootImages
public import Measures

/// What Xen finds when it is entered: its tree's RAM, and what lies there.
public struct XenSetup: Sendable, Hashable {
  public let version: XenVersion
  /// The RAM, in the order of the tree that Xen gets.
  public let banks: [AddressRange]
  /// Where it was loaded, up to the end word of its header.
  public let xen: AddressRange
  /// The tree where U-Boot hands it over, by its `totalsize`.
  public let tree: AddressRange
  /// Kernel, RAM disk and all further modules, by their `reg`.
  public let modules: [AddressRange]
  /// `/memreserve/` and the static children of `/reserved-memory`.
  public let reserved: [AddressRange]

  public init(
    version: XenVersion, banks: [AddressRange], xen: AddressRange, tree: AddressRange,
    modules: [AddressRange], reserved: [AddressRange] = []
  ) {
    self.version = version
    self.banks = banks
    self.xen = xen
    self.tree = tree
    self.modules = modules
    self.reserved = reserved
  }

  /// What Xen leaves alone until dom0 is built.
  var kept: [AddressRange] { [xen, tree] + modules + reserved }
}

/// How a version of Xen on 32-bit ARM goes about memory. Read in the sources of the releases named;
/// held against a running one for 4.17 (Docs/xen-placement.md).
struct XenWays: Sendable, Hashable {
  enum Banks { case first, halfFull, all }
  enum Dom0Banks { case one, several }

  let banks: Banks
  /// The heap's share of RAM and its least size.
  let heapShare: UInt64
  let leastHeap: ByteCount
  /// Whether a table of pages below 32 MiB is rounded up to 2 MiB only.
  let fineFrameTable: Bool
  let dom0: Dom0Banks
  /// Whether other processors clear memory while dom0 is built.
  let clears: Bool
  /// Whether missing memory is a panic; before, dom0 got less and a warning was printed.
  let insists: Bool
  /// How many banks a memory map holds.
  let mostBanks: Int
  /// Of pages that tables of the heap's mapping may take at the top of RAM.
  let tablePages: ClosedRange<UInt64>

  /// Nil for releases that nobody has read for this.
  init?(_ version: XenVersion) {
    guard version >= XenVersion(major: 4, minor: 3), version <= XenVersion(major: 4, minor: 20)
    else { return nil }
    let minor = version.minor
    banks = minor == 3 ? .first : minor == 4 ? .halfFull : .all
    heapShare = minor < 5 ? 8 : 32
    leastHeap = .mebibytes(minor < 5 ? 128 : 32)
    fineFrameTable = minor >= 7
    dom0 = minor < 5 ? .one : .several
    clears = minor >= 12
    insists = minor >= 13
    mostBanks = minor < 5 ? 8 : minor < 11 ? 64 : minor < 17 ? 128 : 256
    tablePages = minor == 17 ? 1...1 : 0...2
  }
}
