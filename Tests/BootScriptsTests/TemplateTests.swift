import BootScripts
import Diagnostics
import Testing

/// Templates of the user's: what can be filled in, and what is refused with its line.
@Suite struct TemplateTests {
  /// The script that a template makes, or `file:line message (help)`.
  private static func outcome(_ template: String) throws -> String {
    let script = try Sample.xen()
    do {
      return try script.text(template: ScriptTemplate(name: "mine.cmd", text: template))
    } catch {
      let diagnostic = error.diagnostic
      let place = diagnostic.span.map { "\($0.file):\($0.line) " } ?? ""
      return place + diagnostic.message + " (\(diagnostic.help ?? "no help"))"
    }
  }

  @Test(
    arguments: [
      ("", ""),
      ("no gap ${devtype} {x}\n", "no gap ${devtype} {x}\n"),
      (
        "{{{board}}} {{board}} {{& title}} {{{ bootm_low }}}", "demo demo Example Demo 2 0x40000000"
      ),
      ("{{! a word to the reader }}{{{board}}}", "demo"),
      ("{{#sets}}{{#loads}}{{{file}}}={{{size}}},{{/loads}}{{/sets}}", "xen=116290,kernel=532200,"),
      ("{{#sets}}{{{entry}}} {{{tree}}}{{/sets}}", "0x42000000 0x43000000"),
      ("{{#sets}}{{#loads}}{{{board}}}/{{{file}}} {{/loads}}{{/sets}}", "demo/xen demo/kernel "),
      ("{{#network}}{{{server}}}{{/network}}{{^network}}card{{/network}}", "card"),
      ("{{^sets}}nothing{{/sets}}", ""),
      ("{{{bootm_low}}}+{{{bootm_size}}}", "0x40000000+0x10000000"),
    ])
  func filled(template: String, text: String) throws {
    #expect(try Self.outcome(template) == text)
  }

  @Test(
    arguments: [
      (
        "# one\n\nsetenv a {{{bord}}}\n",
        "mine.cmd:3 the template asks for `bord`, which is not known (did you mean `board`?)"
      ),
      (
        "{{#sets}}{{#laods}}\n{{/laods}}{{/sets}}",
        "mine.cmd:1 the template asks for `laods`, which is not known (did you mean `loads`?)"
      ),
      (
        "echo\r\n{{#sets}}{{#loads}}\r\n{{{sise}}}{{/loads}}{{/sets}}",
        "mine.cmd:3 the template asks for `sise`, which is not known (did you mean `size`?)"
      ),
      (
        "{{{kernel_address}}}",
        "mine.cmd:1 the template asks for `kernel_address`, which is not known (known are "
          + "`board`, `bootm_low`, `bootm_size`, `card`, `network`, `sets`, `title`)"
      ),
    ])
  func unknownGaps(template: String, words: String) throws {
    #expect(try Self.outcome(template) == words)
  }

  /// What stands in each row of a list has no value outside of it.
  @Test(
    arguments: [
      "{{{address}}}", "{{#sets}}{{#loads}}{{/loads}}\n{{{address}}}{{/sets}}",
      "{{#sets}}{{^loads}}{{{address}}}{{/loads}}{{/sets}}",
      "{{^network}}{{{address}}}{{/network}}",
    ])
  func aGapOfARowOutsideItsList(template: String) throws {
    #expect(try Self.outcome(template).contains("the template asks for `address`"))
  }

  @Test func unclosedGaps() throws {
    #expect(
      try Self.outcome("# one\nsetenv a {{{xen\nsetenv b\n") == """
        the template mine.cmd cannot be read: a gap in line 2 is never closed (correct its \
        Mustache gaps, `{{{name}}}`)
        """)
    #expect(try Self.outcome("{{").contains("a gap in line 1 is never closed"))
  }

  @Test(
    arguments: [
      "{{#sets}}", "{{/sets}}", "{{#sets}}{{#board}}{{/sets}}{{/board}}", "{{{board}}",
      "{{=<% %>=}}", "{{> other}}", "{{}}",
    ])
  func whatMustacheRefuses(template: String) throws {
    let words = try Self.outcome(template)
    #expect(
      words.hasPrefix("the template mine.cmd cannot be read: ")
        || words.hasPrefix("mine.cmd:1 the template asks for "), "\(words)")
  }
}
