public import Measures

/// The board's RAM, of which only the pages that were written are kept.
public struct GuestMemory: Sendable {
  /// Bytes of a page.
  private static let pageSize = 1 << 16

  public let banks: [AddressRange]
  private var pages: [UInt64: GuestPage] = [:]
  /// What was written so far, by number.
  private var writeCount = 0
  /// Bytes of long writes that pages keep, though others may have taken the place of some of them.
  private var keptCount: UInt64 = 0

  public init(banks: [AddressRange]) { self.banks = banks }

  /// What lies outside of RAM, where a real board stops with a data abort or worse.
  public struct Outside: Error, Sendable, Hashable {
    public let address: UInt64
    public let count: Int
  }

  /// Whether all of it is RAM.
  public func holds(_ count: Int, at address: UInt64) -> Bool {
    let (end, overflows) = address.addingReportingOverflow(UInt64(max(count, 0)))
    guard !overflows else { return false }
    // Banks may touch; what spans two is RAM all the same.
    var next = address
    while next < end {
      guard let bank = banks.first(where: { $0.start.rawValue <= next && next < $0.end.rawValue })
      else { return false }
      next = bank.end.rawValue
    }
    return count > 0
      || banks.contains { $0.start.rawValue <= address && address <= $0.end.rawValue }
  }

  private func check(_ count: Int, at address: UInt64) throws(Outside) {
    guard holds(count, at: address) else { throw Outside(address: address, count: count) }
  }

  /// Pages that were never written read as zero.
  public func read(_ count: Int, at address: UInt64) throws(Outside) -> [UInt8] {
    try check(count, at: address)
    if let whole = asWritten(count, at: address) { return whole }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for part in parts(count, at: address) {
      if let page = pages[part.page] {
        page.append(part.range, to: &bytes)
      } else {
        bytes.append(contentsOf: repeatElement(0, count: part.range.count))
      }
    }
    return bytes
  }

  /// What was written there at once, with exactly these bounds and nothing over it since: a file that was
  /// loaded is not copied to be read.
  private func asWritten(_ count: Int, at address: UInt64) -> [UInt8]? {
    let parts = parts(count, at: address)
    guard let start = parts.first, let first = pages[start.page], first.bytes.count == count,
      first.start + start.range.lowerBound == 0
    else { return nil }
    for (index, part) in parts.enumerated() {
      guard let page = pages[part.page], page.write == first.write,
        page.start == first.start + index * Self.pageSize
      else { return nil }
    }
    return first.bytes
  }

  public mutating func write(_ bytes: [UInt8], at address: UInt64) throws(Outside) {
    try check(bytes.count, at: address)
    writeCount += 1
    let keeps = keeps(bytes.count)
    var done = 0
    for part in parts(bytes.count, at: address) {
      let own = done..<(done + part.range.count)
      if part.range.count < Self.pageSize, var page = pages.removeValue(forKey: part.page) {
        page.overwrite(part.range, with: bytes[own], pageSize: Self.pageSize, write: writeCount)
        pages[part.page] = page
      } else if keeps {
        pages[part.page] = GuestPage(
          write: writeCount, bytes: bytes, start: own.lowerBound - part.range.lowerBound)
      } else {
        pages[part.page] = GuestPage(
          write: writeCount, bytes: Array(bytes[own]), start: -part.range.lowerBound)
      }
      done = own.upperBound
    }
  }

  /// Whether pages may share the bytes of a write. A page of them can outlive all others, so that no
  /// more are kept in this way than there is RAM.
  private mutating func keeps(_ count: Int) -> Bool {
    guard count > Self.pageSize else { return true }
    let kept = keptCount + UInt64(count)
    guard kept <= banks.reduce(0, { $0 + $1.size.rawValue }) else { return false }
    keptCount = kept
    return true
  }

  /// Puts an item down again and again. Its length divides a page's.
  ///
  /// Pages that are all of it are one and the same array, so that a fill of all RAM takes no memory.
  public mutating func fill(
    _ item: [UInt8], count: Int, at address: UInt64
  ) throws(Outside) {
    let (size, overflows) = item.count.multipliedReportingOverflow(by: max(count, 0))
    try check(overflows ? .max : size, at: address)
    guard size > 0 else { return }
    // As the page looks that is full of it: its first byte is that of the item which lies there.
    let phase = Int((UInt64(item.count) &- address % UInt64(item.count)) % UInt64(item.count))
    let bytes = (0..<Self.pageSize).map { item[($0 + phase) % item.count] }
    var next = address
    for part in parts(size, at: address) {
      if part.range.count == Self.pageSize {
        writeCount += 1
        pages[part.page] = GuestPage(write: writeCount, bytes: bytes, start: 0)
      } else {
        try write(Array(bytes[part.range]), at: next)
      }
      next += UInt64(part.range.count)
    }
  }

  /// Pages by number, and the bytes of each that are meant.
  private func parts(_ count: Int, at address: UInt64) -> Parts {
    Parts(
      page: address / UInt64(Self.pageSize), offset: Int(address % UInt64(Self.pageSize)), count)
  }

  private struct Parts: Sequence, IteratorProtocol {
    private var page: UInt64
    private var offset: Int
    private var rest: Int

    init(page: UInt64, offset: Int, _ count: Int) {
      (self.page, self.offset, rest) = (page, offset, count)
    }

    /// The one that comes next; nil at the end.
    var first: (page: UInt64, range: Range<Int>)? {
      rest > 0 ? (page, offset..<Swift.min(offset + rest, GuestMemory.pageSize)) : nil
    }

    mutating func next() -> (page: UInt64, range: Range<Int>)? {
      guard let part = first else { return nil }
      page += 1
      offset = 0
      rest -= part.range.count
      return part
    }
  }
}
