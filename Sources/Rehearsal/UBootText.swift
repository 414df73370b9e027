/// Bytes as U-Boot has them in its environment and on its command line. No encoding is known of them.
public typealias UBootText = [UInt8]

extension UBootText {
  public init(_ text: String) { self = Array(text.utf8) }

  /// For people; what is no UTF-8 is shown as such.
  public var words: String { String(decoding: self, as: UTF8.self) }

  /// `hextoul`: an optional `0x`, then digits up to the first that is none; nothing gives 0. Numbers
  /// wrap as the target's `unsigned long` does.
  public var hexadecimal: UInt64 { Self.number(self[...], base: 16).value & 0xFFFF_FFFF }

  /// `hextoul`, with what stands behind the digits.
  var hexadecimalAndRest: (value: UInt64, rest: ArraySlice<UInt8>) {
    let (value, rest) = Self.number(self[...], base: 16)
    return (value & 0xFFFF_FFFF, rest)
  }

  /// `simple_strtol(…, 0)`: a sign, `0x` for sixteen, a leading 0 for eight, else ten.
  var decimalByPrefix: Int {
    var digits = self[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    let value = Int32(truncatingIfNeeded: Self.number(digits, base: 0).value)
    return Int(isNegative ? 0 &- value : value)
  }

  /// `simple_strtoul(…, 0)`, with what stands behind the number.
  var numberByPrefixAndRest: (value: UInt64, rest: ArraySlice<UInt8>) {
    let (value, rest) = Self.number(self[...], base: 0)
    return (value & 0xFFFF_FFFF, rest)
  }

  /// `dectoul`
  var decimal: UInt64 { Self.number(self[...], base: 10).value & 0xFFFF_FFFF }

  private static func number(
    _ text: ArraySlice<UInt8>, base: UInt64
  ) -> (value: UInt64, rest: ArraySlice<UInt8>) {
    var base = base
    var digits = text
    let hasMark =
      digits.first == UInt8(ascii: "0")
      && digits.dropFirst().first.map { $0 | 0x20 == UInt8(ascii: "x") } == true
      && digits.dropFirst(2).first.flatMap(Self.digit) != nil
    if base == 0 {
      base = hasMark ? 16 : digits.first == UInt8(ascii: "0") ? 8 : 10
    }
    if base == 16, hasMark { digits = digits.dropFirst(2) }
    var value: UInt64 = 0
    while let byte = digits.first, let digit = digit(byte), digit < base {
      value = value &* base &+ digit
      digits = digits.dropFirst()
    }
    return (value, digits)
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// Lower-case hexadecimal digits, as `env_set_hex` writes them.
  static func hex(_ value: UInt64) -> UBootText { UBootText(String(value, radix: 16)) }
}
