extension Property {
  /// The property as a statement of source text: `reg = <0x1c28000 0x400>;`.
  public var source: String { value.isEmpty ? "\(name);" : "\(name) = \(sourceValue);" }

  /// The value as source text. Bytes do not say what they are, so this guesses as dtc does: texts
  /// where all of it is printable and ends in a zero byte, else cells where the length is a multiple
  /// of four, else bytes.
  public var sourceValue: String {
    if let texts = printableTexts { return texts.map(Self.quoted).joined(separator: ", ") }
    if let cells {
      return "<" + cells.map { "0x" + String($0, radix: 16) }.joined(separator: " ") + ">"
    }
    let bytes = value.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return "[" + bytes.joined(separator: " ") + "]"
  }

  /// No text is empty, and each is printable ASCII.
  private var printableTexts: [ArraySlice<UInt8>]? {
    guard value.last == 0 else { return nil }
    let texts = value.dropLast().split(separator: 0, omittingEmptySubsequences: false)
    let isPrintable = texts.allSatisfy {
      !$0.isEmpty && $0.allSatisfy { (0x20...0x7E).contains($0) }
    }
    return isPrintable ? texts : nil
  }

  private static func quoted(_ text: some Sequence<UInt8>) -> String {
    var quoted = "\""
    for byte in text {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted += "\\" }
      quoted.unicodeScalars.append(Unicode.Scalar(byte))
    }
    return quoted + "\""
  }
}
