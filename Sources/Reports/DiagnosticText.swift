public import Diagnostics

/// Diagnostics as people read them on a terminal or in a log.
///
/// ```
/// error: unknown key `baord`
///   at ctboot.yaml:1:1
///   note: …
///   help: did you mean `board`?
/// ```
public struct DiagnosticText: Sendable {
  /// Whether severities are coloured (ECMA-48 sequences).
  public let colour: Bool

  public init(colour: Bool) { self.colour = colour }

  /// The lines of one diagnostic, without a newline at the end.
  public func text(_ diagnostic: Diagnostic) -> String {
    var lines = ["\(label(diagnostic.severity)): \(Self.visible(diagnostic.message))"]
    if let span = diagnostic.span { lines.append("  at \(Self.visible(span.description))") }
    lines += diagnostic.notes.map { "  note: \(Self.visible($0))" }
    if let help = diagnostic.help { lines.append("  help: \(Self.visible(help))") }
    return lines.joined(separator: "\n")
  }

  func label(_ severity: Severity) -> String {
    let code =
      switch severity {
      case .info: "36"
      case .warning: "33"
      case .error: "31"
      }
    let word = severity == .info ? "note" : severity.rawValue
    return colour ? "\u{1B}[1;\(code)m\(word)\u{1B}[0m" : word
  }

  /// Text from files may hold anything; a terminal must not act on it.
  public static func visible(_ text: String) -> String {
    // Nearly always it is plain, and what Unicode knows of each letter takes long to look up.
    if isPlain(text) { return text }
    guard text.unicodeScalars.contains(where: { isControl($0) || ordersText($0) }) else {
      return text
    }
    var shown = ""
    for scalar in text.unicodeScalars {
      let digits = String(scalar.value, radix: 16)
      if isControl(scalar) {
        shown += "\\x" + (scalar.value < 16 ? "0" : "") + digits
      } else if ordersText(scalar) {
        shown += "\\u{\(digits)}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Whether all letters are ASCII's and none controls anything. Looked at to the end in any case,
  /// which lets a processor take many at a time.
  private static func isPlain(_ text: String) -> Bool {
    let bytes = text.utf8.span
    var isStrange: UInt8 = 0
    for index in bytes.indices {
      isStrange |= (0x20...0x7E).contains(bytes[index]) ? 0 : 1
    }
    return isStrange == 0
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// Invisible characters that turn what follows around, and two further ends of lines: with them
  /// a file's text could look like words of ours.
  ///
  /// Source: Unicode Standard Annex 9, section 2.
  private static func ordersText(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isBidiControl || scalar.value == 0x2028 || scalar.value == 0x2029
  }
}
