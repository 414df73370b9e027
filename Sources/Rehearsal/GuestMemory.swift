public import Measures

/// The board's RAM, of which only the pages that were written are kept.
public struct GuestMemory: Sendable {
  /// Bytes of a page.
  private static let pageSize: UInt64 = 1 << 16

  public let banks: [AddressRange]
  private var pages: [UInt64: [UInt8]] = [:]

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
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var next = address
    while bytes.count < count {
      let offset = Int(next % Self.pageSize)
      let part = min(count - bytes.count, Int(Self.pageSize) - offset)
      if let page = pages[next / Self.pageSize] {
        bytes += page[offset..<(offset + part)]
      } else {
        bytes.append(contentsOf: repeatElement(0, count: part))
      }
      next += UInt64(part)
    }
    return bytes
  }

  public mutating func write(_ bytes: ArraySlice<UInt8>, at address: UInt64) throws(Outside) {
    try check(bytes.count, at: address)
    var next = address
    var rest = bytes
    while !rest.isEmpty {
      let offset = Int(next % Self.pageSize)
      let part = rest.prefix(Int(Self.pageSize) - offset)
      if part.count == Int(Self.pageSize) {
        pages[next / Self.pageSize] = Array(part)
      } else {
        var page =
          pages.removeValue(forKey: next / Self.pageSize)
          ?? [UInt8](repeating: 0, count: Int(Self.pageSize))
        page.replaceSubrange(offset..<(offset + part.count), with: part)
        pages[next / Self.pageSize] = page
      }
      next += UInt64(part.count)
      rest = rest.dropFirst(part.count)
    }
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
    let page = (0..<Int(Self.pageSize)).map { item[($0 + phase) % item.count] }
    var next = address
    let end = address + UInt64(size)
    while next < end {
      let offset = Int(next % Self.pageSize)
      let part = Int(min(end - next, Self.pageSize - UInt64(offset)))
      if part == page.count {
        pages[next / Self.pageSize] = page
      } else {
        try write(page[offset..<(offset + part)], at: next)
      }
      next += UInt64(part)
    }
  }

  public mutating func write(_ bytes: [UInt8], at address: UInt64) throws(Outside) {
    try write(bytes[...], at: address)
  }
}
