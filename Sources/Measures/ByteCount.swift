/// A number of bytes.
public struct ByteCount: RawRepresentable, Sendable, Hashable, Comparable {
  public let rawValue: UInt64

  public init(rawValue: UInt64) { self.rawValue = rawValue }
  public init(_ value: UInt64) { self.rawValue = value }
  public init(_ value: Int) { self.rawValue = UInt64(max(0, value)) }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  public static func kibibytes(_ count: UInt64) -> ByteCount { ByteCount(count << 10) }
  public static func mebibytes(_ count: UInt64) -> ByteCount { ByteCount(count << 20) }
  public static func gibibytes(_ count: UInt64) -> ByteCount { ByteCount(count << 30) }

  /// Reads `512`, `8KiB`, `64MiB`, `2GiB`, with an optional blank before the unit and `_` between
  /// digits; nil for anything else or for more than 64 bits hold.
  public init?(_ text: some StringProtocol) {
    let text = Substring(text)
    let number = text.utf8.prefix {
      $0 == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    let shift: UInt64
    switch text[number.endIndex...].drop(while: { $0 == " " }) {
    case "", "B": shift = 0
    case "KiB": shift = 10
    case "MiB": shift = 20
    case "GiB": shift = 30
    case "TiB": shift = 40
    default: return nil
    }
    let digits = number.filter { $0 != UInt8(ascii: "_") }
    guard let number = UInt64(String(decoding: digits, as: UTF8.self)),
      number <= UInt64.max >> shift
    else { return nil }
    self.rawValue = number << shift
  }
}

extension ByteCount: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: UInt64) { self.init(value) }
}

extension ByteCount: CustomStringConvertible {
  /// In the largest unit that leaves a whole number, else with one decimal: `64 MiB`, `5.2 MiB`.
  public var description: String {
    let units: [(String, UInt64)] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    guard let (name, size) = units.first(where: { rawValue >= $0.1 }) else {
      return "\(rawValue) B"
    }
    let whole = rawValue / size
    let tenths = (rawValue % size) * 10 / size
    return rawValue % size == 0 || whole >= 100 ? "\(whole) \(name)" : "\(whole).\(tenths) \(name)"
  }

  /// As it is written in files and on command lines: `64MiB`, `1139344`.
  public var compact: String {
    for (name, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)] where rawValue != 0 {
      if rawValue % (1 << UInt64(shift)) == 0 { return "\(rawValue >> UInt64(shift))\(name)" }
    }
    return "\(rawValue)"
  }
}
