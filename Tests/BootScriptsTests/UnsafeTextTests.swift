import BootScripts
import Diagnostics
import Testing

/// Values that U-Boot's shell would act on never get into a script.
@Suite struct UnsafeTextTests {
  private static func refusal(_ script: BootScript) throws -> ScriptError? {
    let template = try Sample.template("xen.cmd")
    do {
      _ = try script.text(template: template)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      "", "the \"best\"", "costs $5", "back\\slash", "Lamobo's", "two\nlines", "a\tb", "`reset`",
      "Größe", "\u{0}", "\u{7F}", "\r\n",
    ])
  func words(text: String) throws {
    #expect(
      try Self.refusal(Sample.xen(title: text)) == .unsafeText(text, place: "board's title"))
    #expect(
      try Self.refusal(Sample.xen(board: text)) == .unsafeText(text, place: "board's name"))
    #expect(
      try Self.refusal(Sample.xen(name: text)) == .unsafeText(text, place: "name of a file"))
  }

  @Test(arguments: ["Cubietech Cubietruck", "Pi (rev. 2); #1 & more|less", "{{{board}}}"])
  func harmlessWords(text: String) throws {
    let script = try Sample.xen(title: text).text(template: Sample.template("xen.cmd"))
    #expect(script.hasPrefix("# Starts Xen on \(text).\n"))
  }

  @Test(
    arguments: [
      "", "two words", "a;reset", "a$b", "a'b", "a\"b", "a\\b", "a&b", "a|b", "a#b", "a{b", "a:b",
      "a\nb", "größe", "٣",
    ])
  func fileNames(file: String) throws {
    #expect(try Self.refusal(Sample.xen(file: file)) == .unsafeText(file, place: "file name"))
  }

  @Test(arguments: ["kernel", "boot/xen-4.17_armhf.gz", "linux+6.1", "A-Z0"])
  func harmlessFileNames(file: String) throws {
    let script = try Sample.xen(file: file).text(template: Sample.template("xen.cmd"))
    #expect(script.contains("} 0x44000000 \(file); then\n"))
  }

  @Test func theWords() {
    let diagnostic = ScriptError.unsafeText("it's", place: "board's title").diagnostic
    #expect(diagnostic.message == "the board's title `it's` cannot stand in a boot script")
    #expect(
      diagnostic.help == "use printable ASCII without quotes, `$`, backslash and backtick")
  }
}
