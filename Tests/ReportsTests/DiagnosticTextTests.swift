import Diagnostics
import Reports
import Testing

@Suite struct DiagnosticTextTests {
  private let whole = Diagnostic(
    .error, "`baord` is not a key here", at: SourceSpan(file: "ctboot.yaml", line: 3, column: 1),
    notes: ["known keys: board, flow", "there may be more"], help: "did you mean `board`?")

  @Test func withoutColour() {
    #expect(
      DiagnosticText(colour: false).text(whole) == """
        error: `baord` is not a key here
          at ctboot.yaml:3:1
          note: known keys: board, flow
          note: there may be more
          help: did you mean `board`?
        """)
  }

  @Test func withColour() {
    #expect(
      DiagnosticText(colour: true).text(whole) == """
        \u{1B}[1;31merror\u{1B}[0m: `baord` is not a key here
          at ctboot.yaml:3:1
          note: known keys: board, flow
          note: there may be more
          help: did you mean `board`?
        """)
  }

  @Test(
    arguments: [
      (.info, "note: x", "\u{1B}[1;36mnote\u{1B}[0m: x"),
      (.warning, "warning: x", "\u{1B}[1;33mwarning\u{1B}[0m: x"),
      (.error, "error: x", "\u{1B}[1;31merror\u{1B}[0m: x"),
    ] as [(Severity, String, String)])
  func severities(severity: Severity, plain: String, coloured: String) {
    let diagnostic = Diagnostic(severity, "x")
    #expect(DiagnosticText(colour: false).text(diagnostic) == plain)
    #expect(DiagnosticText(colour: true).text(diagnostic) == coloured)
  }

  @Test func controlCharactersAreShownAndNotObeyed() {
    let hostile = Diagnostic(
      .error, "bad \u{1B}]0;title\u{07} \u{1B}[2J",
      at: SourceSpan(file: "a\nerror: faked.yaml", line: 1, column: 1),
      notes: ["tab\there, \r\n, NUL \0"], help: "rub \u{7F} out \u{9B}31m")
    #expect(
      DiagnosticText(colour: false).text(hostile) == #"""
        error: bad \x1b]0;title\x07 \x1b[2J
          at a\x0aerror: faked.yaml:1:1
          note: tab\x09here, \x0d\x0a, NUL \x00
          help: rub \x7f out \x9b31m
        """#)
  }

  /// Characters that turn the order of a line around, or end it for some readers.
  @Test(
    arguments: [
      ("\u{202E}", #"\u{202e}"#), ("\u{2066}", #"\u{2066}"#), ("\u{200F}", #"\u{200f}"#),
      ("\u{061C}", #"\u{61c}"#), ("\u{2028}", #"\u{2028}"#), ("\u{2029}", #"\u{2029}"#),
    ])
  func whatReordersALineIsShown(character: String, shown: String) {
    let text = DiagnosticText(colour: false).text(Diagnostic(.error, "a\(character)b"))
    #expect(text == "error: a\(shown)b")
  }

  @Test(arguments: ["Größe", "日本", "👩‍💻", "a — b"])
  func otherTextStays(text: String) {
    #expect(DiagnosticText(colour: false).text(Diagnostic(.error, text)) == "error: \(text)")
  }
}
