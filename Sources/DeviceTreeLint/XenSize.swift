/// A size on Xen's command line: a number and at most one letter, without which it counts kibibytes.
///
/// Source: Xen `xen/lib/parse-size.c`, `parse_size_and_unit`; `xen/common/vsprintf.c`,
/// `simple_strtoull`.
struct XenSize {
  /// 0 where the text does not begin with a number.
  let bytes: UInt64
  /// What Xen does not read.
  let rest: Substring
  /// No letter stood behind the number.
  let isBare: Bool

  init(_ text: Substring) {
    let (number, rest) = Self.number(text)
    let shifts: [Character: UInt64] = ["b": 0, "k": 10, "m": 20, "g": 30, "t": 40]
    let shift = rest.first.flatMap { shifts[Character($0.lowercased())] }
    bytes = number << (shift ?? 10)
    isBare = shift == nil
    self.rest = shift == nil ? rest : rest.dropFirst()
  }

  /// As C takes it: hexadecimal behind `0x`, octal behind `0`. What is too large wraps, as there.
  static func number(_ text: Substring) -> (value: UInt64, rest: Substring) {
    var radix: UInt64 = 10
    var rest = text
    if rest.hasPrefix("0") {
      rest = rest.dropFirst()
      radix = 8
      if rest.lowercased().hasPrefix("x"), rest.dropFirst().first?.isHexDigit == true {
        radix = 16
        rest = rest.dropFirst()
      }
    }
    var value: UInt64 = 0
    while let digit = rest.first?.hexDigitValue.map(UInt64.init), digit < radix,
      rest.first?.isASCII == true
    {
      value = value &* radix &+ digit
      rest = rest.dropFirst()
    }
    return (value, rest)
  }
}
