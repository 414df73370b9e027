/// A physical address, in bytes.
public struct Address: RawRepresentable, Sendable, Hashable, Comparable {
  public let rawValue: UInt64

  public init(rawValue: UInt64) { self.rawValue = rawValue }
  public init(_ value: UInt64) { self.rawValue = value }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The address rounded down to a multiple of `alignment`.
  public func roundedDown(to alignment: UInt64) -> Address {
    alignment == 0 ? self : Address(rawValue - rawValue % alignment)
  }

  /// The address rounded up to a multiple of `alignment`, or nil where that leaves 64 bits.
  public func roundedUp(to alignment: UInt64) -> Address? {
    guard alignment != 0, rawValue % alignment != 0 else { return self }
    let (sum, overflow) = rawValue.addingReportingOverflow(alignment - rawValue % alignment)
    return overflow ? nil : Address(sum)
  }

  /// Reads hexadecimal digits, with or without `0x` before them; nil for anything else.
  public init?(hexadecimal text: some StringProtocol) {
    let digits = text.hasPrefix("0x") || text.hasPrefix("0X") ? text.dropFirst(2) : text[...]
    guard !digits.isEmpty, digits.allSatisfy(\.isHexDigit), let value = UInt64(digits, radix: 16)
    else { return nil }
    self.init(value)
  }

  /// The digits without prefix, lower case, as in a unit address.
  public var digits: String { String(rawValue, radix: 16) }
}

extension Address: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: UInt64) { self.init(value) }
}

extension Address: CustomStringConvertible {
  /// As `0x42000000`: at least eight digits, so that columns line up.
  public var description: String {
    let digits = digits
    return "0x" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}
