/// Letters that a name may have: one bit for each of ASCII's.
public struct LetterSet: Sendable {
  @usableFromInline let low: UInt64
  @usableFromInline let high: UInt64

  /// Letters, digits, and these.
  public init(lettersDigitsAnd others: StaticString) {
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

  @inlinable public func contains(_ byte: UInt8) -> Bool {
    byte < 128 && (byte < 64 ? low : high) &>> UInt64(byte) & 1 == 1
  }

  /// The place of the first letter that is not in the set.
  public func firstOther(_ bytes: [UInt8], in range: Range<Int>) -> Int? {
    for index in range where !contains(bytes[index]) { return index }
    return nil
  }

  /// What names of nodes are made of, their `@` among it.
  ///
  /// Source: Devicetree Specification v0.4, section 2.2.1; dtc checks.c, `NODECHARS`.
  public static let node = LetterSet(lettersDigitsAnd: ",._+-@")
  /// What names of properties are made of.
  ///
  /// Source: Devicetree Specification v0.4, section 2.2.4; dtc checks.c, `PROPCHARS`, for the `*`.
  public static let property = LetterSet(lettersDigitsAnd: ",._+*#?-")
}
