import DeviceTree

extension LetterSet {
  /// Source: dtc checks.c, `PROPNODECHARSSTRICT`.
  static let strict = LetterSet(lettersDigitsAnd: ",-")
}

/// A letter as messages have it.
func letter(_ byte: UInt8) -> String {
  (0x21...0x7E).contains(byte) ? "`\(Character(UnicodeScalar(byte)))`" : "the byte \(hex(byte))"
}
