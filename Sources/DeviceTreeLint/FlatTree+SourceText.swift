import DeviceTree

/// Values as DTS, for fixes.
extension FlatTree {
  /// The value as it is written between `=` and `;`; nil where it is empty, which DTS writes without
  /// the `=`.
  func sourceText(_ property: PropertyID) -> String? {
    guard length(property) > 0 else { return nil }
    if let texts = strings(property), texts.allSatisfy(Self.isPlain) {
      return Self.sourceText(texts)
    }
    if length(property).isMultiple(of: 4) {
      return "<" + cells(property).map { hex($0) }.joined(separator: " ") + ">"
    }
    let digits = value(property).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return "[" + digits.joined(separator: " ") + "]"
  }

  /// A list of texts as DTS.
  static func sourceText(_ texts: [String]) -> String {
    texts.map { text in
      let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      return "\"\(escaped)\""
    }.joined(separator: ", ")
  }

  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }
}
