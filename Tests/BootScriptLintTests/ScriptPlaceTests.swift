import BootImages
import BootScriptLint
import Diagnostics
import Testing

/// Where findings stand, in lines and columns of the text.
@Suite struct ScriptPlaceTests {
  private let rules = Set(ScriptRuleCatalogue.cards.map(\.id))

  private func findings(_ bytes: [UInt8], kind: ScriptKind) -> [Finding] {
    ScriptLinter(rules: rules).lint(bytes, file: "file", kind: kind).findings
  }

  @Test func aColumnIsAUnicodeScalar() throws {
    let found = findings(Array("# ä\necho 'ä'; saveenv\n".utf8), kind: .commands)
    let save = try #require(found.first { $0.rule == "script-saveenv" })
    #expect(save.place.line == 2 && save.place.column == 11)
    #expect(save.place.endLine == 2 && save.place.endColumn == 18)
  }

  @Test func anImagesLinesAreThoseOfItsText() throws {
    let image = try LegacyImage.script(text: Array("echo a\nsaveenv\n".utf8), name: "", time: 0)
    let found = findings(image, kind: .image)
    #expect(found.map(\.rule) == ["script-saveenv"] && found.first?.place.line == 2)
  }

  /// A command that stands in a variable is judged where it is written out, or where it is run.
  @Test func whatIsRunIsJudged() throws {
    let found = findings(Array("setenv go 'echo a; saveenv'\nrun go\n".utf8), kind: .commands)
    #expect(found.map(\.rule) == ["script-saveenv"])
    #expect(found.first?.place.line == 2)
    let inText = findings(Array("uenvcmd=echo a; saveenv\n".utf8), kind: .environment)
    #expect(inText.map(\.rule) == ["script-saveenv"])
    #expect(inText.first?.place.column == 17)
  }

  @Test func theSameScriptWithCRLFHasOneMessageForIt() {
    let text = "if true; then\n  echo a\nfi\n"
    #expect(findings(Array(text.utf8), kind: .commands) == [])
    let found = findings(Array(text.replacing("\n", with: "\r\n").utf8), kind: .commands)
    #expect(found.map(\.rule) == ["script-crlf"])
  }

  @Test func aRuleThatIsNotAskedIsSilent() {
    let linter = ScriptLinter(rules: ["script-left-over"])
    #expect(linter.lint(Array("saveenv\n".utf8), file: "f", kind: .commands).findings == [])
  }
}
