public import Measures

/// What a version of Xen on 32-bit ARM makes of the RAM that its tree tells it of (Xen
/// `xen/arch/arm/setup.c`, `setup_mm`, and `mm.c`, `setup_frametable_mappings`).
///
/// ```
///   bank 0                                               bank 1
///   | free | xen |..| tree |..| modules |  free | heap |  hole  |  free  | frame table | free |
/// ```
public struct XenMemory: Sendable, Hashable {
  /// The banks that it uses, by address.
  public let banks: [AddressRange]
  /// RAM that it never touches: a bank that lies too far off for old releases.
  public let unused: [AddressRange]
  /// Its own heap; nil where there is no room for one, and Xen stops.
  public let heap: AddressRange?
  /// What it notes down for each page of RAM; nil where there is no room for it.
  public let frameTable: AddressRange?

  public init(
    banks: [AddressRange], unused: [AddressRange] = [], heap: AddressRange?,
    frameTable: AddressRange?
  ) {
    self.banks = banks
    self.unused = unused
    self.heap = heap
    self.frameTable = frameTable
  }
}

extension XenMemory {
  /// Nil for versions whose ways are not known here, before 4.3 and after 4.20, and for RAM above the
  /// 40 bits of address that 32-bit ARM has.
  public init?(_ setup: XenSetup) {
    guard let ways = XenWays(setup.version),
      setup.banks.allSatisfy({ $0.end <= Self.endOfAddresses })
    else { return nil }
    let (used, unused) = ways.banks.used(of: setup.banks)
    let heap = Self.heap(in: used, beside: setup.kept, ways)
    var boot = BootPages(used, beside: setup.kept + [heap].compactMap { $0 })
    _ = boot.take(pages: ways.tablePages.lowerBound, alignment: 1)
    let table = heap.flatMap { _ in Self.frameTable(of: used, from: &boot, ways) }
    self.init(
      banks: used.sorted { $0.start < $1.start }, unused: unused, heap: heap, frameTable: table)
  }

  /// What Xen can give to its domains while they are built: all but what it keeps for itself, and the
  /// files that it starts them from. Without a heap, nothing.
  public func left(beside setup: XenSetup) -> ByteCount {
    guard let heap, let frameTable else { return 0 }
    return ByteCount(
      Gaps(in: banks, beside: setup.kept + [heap, frameTable]).ranges.reduce(UInt64(0)) {
        $0 &+ $1.size.rawValue
      })
  }

  private static let endOfAddresses = Address(1 << 40)

  /// Bytes that Xen keeps about a page (`struct page_info` on 32-bit ARM).
  private static let bytesPerPage: UInt64 = 32
  private static let heapAlignment: UInt64 = 32 << 20

  /// The highest room for it that nothing else lies in. All of RAM is looked at as one, with the
  /// holes between banks; up to 4.4 only what is contiguous with the first bank.
  private static func heap(
    in banks: [AddressRange], beside kept: [AddressRange], _ ways: XenWays
  ) -> AddressRange? {
    let span = ways.banks == .all ? span(of: banks) : ways.banks.contiguous(banks)
    guard let span else { return nil }
    let memory = banks.reduce(UInt64(0)) { $0 &+ $1.size.rawValue }
    let gaps = Gaps(in: [span], beside: kept).ranges
    let share = Address(memory / ways.heapShare).roundedUp(to: heapAlignment)?.rawValue ?? 0
    var size = min(max(share, ways.leastHeap.rawValue), 1 << 30)
    // Halved for as long as it is larger than the least, and tried once more at the end only if
    // that is still so.
    while true {
      for gap in gaps.reversed() {
        guard let start = gap.start.roundedUp(to: heapAlignment) else { continue }
        let end = gap.end.roundedDown(to: heapAlignment)
        if start <= end, end.rawValue - start.rawValue >= size {
          return AddressRange(start: Address(end.rawValue - size), end: end)
        }
      }
      size /= 2
      guard size > ways.leastHeap.rawValue else { return nil }
    }
  }

  private static func frameTable(
    of banks: [AddressRange], from boot: inout BootPages, _ ways: XenWays
  ) -> AddressRange? {
    guard let span = span(of: banks) else { return nil }
    let pages =
      ways.banks == .all
      ? PageHole(in: banks).pages(of: span)
      : span.size.rawValue / FreeBlocks.pageSize
    let bytes = pages &* bytesPerPage
    let unit: UInt64 = ways.fineFrameTable && bytes < 32 << 20 ? 2 << 20 : 32 << 20
    guard let size = Address(bytes).roundedUp(to: unit)?.rawValue,
      let start = boot.take(
        pages: size / FreeBlocks.pageSize, alignment: (32 << 20) / FreeBlocks.pageSize)
    else { return nil }
    return AddressRange(start: Address(start * FreeBlocks.pageSize), size: ByteCount(size))
  }

  private static func span(of banks: [AddressRange]) -> AddressRange? {
    guard let start = banks.map(\.start).min(), let end = banks.map(\.end).max() else { return nil }
    return AddressRange(start: start, end: end)
  }
}

extension XenWays.Banks {
  /// Which banks are used, and which are not.
  ///
  /// Release 4.4 walks them in the tree's order and takes one that does not touch the others only
  /// while at least half of the span is RAM; with the first that fails, all further ones are dropped.
  func used(of banks: [AddressRange]) -> (used: [AddressRange], unused: [AddressRange]) {
    let banks = banks.filter { !$0.isEmpty }
    let count: Int
    switch self {
    case .all: count = banks.count
    case .first: count = min(1, banks.count)
    case .halfFull: count = Self.halfFull(banks)
    }
    return (Array(banks[..<count]), Array(banks[count...]))
  }

  private static func halfFull(_ banks: [AddressRange]) -> Int {
    guard var span = banks.first, var whole = banks.first else { return 0 }
    var size = span.size.rawValue
    for (index, bank) in banks.enumerated().dropFirst() {
      size &+= bank.size.rawValue
      let wider = span.joined(with: bank)
      let grown = whole.grown(by: bank)
      guard grown != nil || size >= wider.size.rawValue / 2 else { return index }
      span = wider
      whole = grown ?? whole
    }
    return banks.count
  }

  /// What lies together with the first bank.
  func contiguous(_ banks: [AddressRange]) -> AddressRange? {
    guard let first = banks.first else { return nil }
    return banks.dropFirst().reduce(first) { $0.grown(by: $1) ?? $0 }
  }
}

extension AddressRange {
  /// Both and what is between them.
  fileprivate func joined(with other: AddressRange) -> AddressRange {
    AddressRange(start: min(start, other.start), end: max(end, other.end)) ?? self
  }

  /// Both, where the other touches this one.
  fileprivate func grown(by other: AddressRange) -> AddressRange? {
    other.start == end || other.end == start ? joined(with: other) : nil
  }
}
