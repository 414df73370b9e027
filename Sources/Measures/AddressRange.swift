/// A half-open range of physical addresses: `start` belongs to it, `end` does not.
public struct AddressRange: Sendable, Hashable {
  public let start: Address
  public let end: Address

  /// Nil where the range would run past the last 64-bit address.
  public init?(start: Address, size: ByteCount) {
    let (end, overflow) = start.rawValue.addingReportingOverflow(size.rawValue)
    guard !overflow else { return nil }
    self.start = start
    self.end = Address(end)
  }

  /// Nil where `end` lies before `start`.
  public init?(start: Address, end: Address) {
    guard start <= end else { return nil }
    self.start = start
    self.end = end
  }

  public var size: ByteCount { ByteCount(end.rawValue - start.rawValue) }
  public var isEmpty: Bool { start == end }

  /// Whether the two have an address in common.
  public func overlaps(_ other: AddressRange) -> Bool {
    !isEmpty && !other.isEmpty && start < other.end && other.start < end
  }

  /// Whether all of `other` lies within this range.
  public func contains(_ other: AddressRange) -> Bool {
    start <= other.start && other.end <= end
  }

  public func contains(_ address: Address) -> Bool { start <= address && address < end }

  /// What both have; nil where they have no address in common.
  public func common(with other: AddressRange) -> AddressRange? {
    overlaps(other)
      ? AddressRange(start: max(start, other.start), end: min(end, other.end)) : nil
  }
}

extension AddressRange: CustomStringConvertible {
  /// With the last address inclusive, as boot logs print it: `0x42000000-0x42116290` is half-open
  /// in the value, `0x42000000..0x4211628f` in words.
  public var description: String {
    isEmpty ? "\(start) (empty)" : "\(start)..\(Address(end.rawValue - 1))"
  }
}
