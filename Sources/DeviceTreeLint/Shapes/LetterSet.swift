/// Letters that a name may have: one bit for each of ASCII's.
struct LetterSet: Sendable {
  private let low: UInt64
  private let high: UInt64

  /// Letters, digits, and these.
  init(lettersDigitsAnd others: StaticString) {
    var (low, high): (UInt64, UInt64) = (0, 0)
    func add(_ byte: UInt8) {
      if byte < 64 {
        low |= 1 << UInt64(byte)
      } else if byte < 128 {
        high |= 1 << UInt64(byte - 64)
      }
    }
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { add(byte) }
    for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { add(byte) }
    for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { add(byte) }
    others.withUTF8Buffer { for byte in $0 { add(byte) } }
    self.low = low
    self.high = high
  }

  func contains(_ byte: UInt8) -> Bool {
    if byte < 64 { return low >> UInt64(byte) & 1 == 1 }
    return byte < 128 && high >> UInt64(byte - 64) & 1 == 1
  }

  /// The place of the first letter that is not in the set.
  func firstOther(_ bytes: [UInt8], in range: Range<Int>) -> Int? {
    for index in range where !contains(bytes[index]) { return index }
    return nil
  }

  /// Source: dtc checks.c, `NODECHARS`.
  static let node = LetterSet(lettersDigitsAnd: ",._+-@")
  /// Source: dtc checks.c, `PROPCHARS`.
  static let property = LetterSet(lettersDigitsAnd: ",._+*#?-")
  /// Source: dtc checks.c, `PROPNODECHARSSTRICT`.
  static let strict = LetterSet(lettersDigitsAnd: ",-")
}

/// A letter as messages have it.
func letter(_ byte: UInt8) -> String {
  (0x21...0x7E).contains(byte) ? "`\(Character(UnicodeScalar(byte)))`" : "the byte \(hex(byte))"
}
