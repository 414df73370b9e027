import Diagnostics
import StrictYAML
import Testing

/// Texts that are refused before anybody asks for a value.
@Suite struct RefusedTextTests {
  @Test func aTab() {
    #expect(
      complaint(about: "a: 1\nb:\tc")
        == "2:3 a tab stands here (write blanks instead, or `\\t` in quotes)")
  }

  @Test func invisibleCharacters() {
    #expect(complaint(about: "\u{feff}a: 1").hasPrefix("1:1 a byte order mark stands here"))
    #expect(complaint(about: "a: é\u{7}").hasPrefix("1:5 the character U+0007 must not stand"))
    #expect(complaint(about: "a: 1\n\rb: 2").hasPrefix("2:1 the character U+000D must not stand"))
    #expect(complaint(about: "a: 1\r\nb: 2\r\n") == "accepted")
  }

  @Test func bytesThatAreNotUTF8() {
    let bytes = Array("a: é\nb: ".utf8) + [0xff]
    #expect {
      try YAMLDocument(bytes: bytes, file: "test.yaml")
    } throws: {
      $0 as? YAMLError
        == .notUTF8(byte: 0xff, at: .init(file: "test.yaml", line: 2, column: 4))
    }
  }

  @Test func nothingAtAll() {
    #expect(complaint(about: "") == "1:1 the file says nothing (fill it in, or remove it)")
    #expect(complaint(about: "# a comment\n").hasPrefix("1:1 the file says nothing"))
    #expect(complaint(about: "---\n").hasPrefix("2:1 the file says nothing"))
  }

  @Test func aSecondDocument() {
    #expect(
      complaint(about: "a: 1\n---\nb: 2\n")
        == "2:1 a second document begins here (keep one document and no further `---`)")
  }

  @Test func malformed() {
    #expect(complaint(about: "a: [1, 2\nb: 3\n").hasPrefix("2:2 this is no YAML: "))
    #expect(complaint(about: "a: b: c\n").hasPrefix("1:5 this is no YAML: mapping values are not"))
    #expect(complaint(about: "a: \"open\n").hasPrefix("2:1 this is no YAML: "))
    #expect(complaint(about: "a: \"\\ud800\"\n").hasPrefix("1:"))
  }

  @Test func anchorsAliasesAndTags() {
    #expect(complaint(about: "a: &x 1").hasPrefix("1:4 the anchor `&x` is not allowed"))
    #expect(complaint(about: "a: &x 1\nb: *x").hasPrefix("2:4 the alias `*x` is not allowed"))
    #expect(complaint(about: "a: *x").hasPrefix("1:4 this is no YAML: found undefined alias"))
    #expect(complaint(about: "a: !!int 1").hasPrefix("1:4 the tag `tag:yaml.org,2002:int` is not"))
    #expect(complaint(about: "a: !mine [1]").hasPrefix("1:4 the tag `!mine` is not allowed"))
    #expect(complaint(about: "a: R&D, 2 * 3") == "accepted")
  }

  @Test func anAliasBombNeverGoesOff() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<40 {
      let list = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(list)]\n"
    }
    bomb += "? *a39\n: boom\n"
    #expect(complaint(about: bomb).hasPrefix("2:10 the alias `*a0` is not allowed"))
  }

  @Test func tooDeep() {
    let brackets = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    #expect(complaint(about: "a: " + brackets).hasPrefix("1:36 lists and mappings stand more"))
    #expect(
      complaint(about: String(repeating: "[", count: 100_000)).hasPrefix("1:65 lists and mapp"))
    #expect(
      complaint(about: String(repeating: "- ", count: 100_000)).hasPrefix("1:201 lists and mapp"))
    // Brackets hidden from the first, rough look by brackets in quotes.
    let hidden = String(repeating: "[\"]\",", count: 100_000)
    #expect(complaint(about: hidden).contains("lists and mappings stand more than 32 deep"))
    let hiddenAndClosed =
      String(repeating: "[\"]\",", count: 900) + String(repeating: "]", count: 900)
    #expect(complaint(about: hiddenAndClosed).hasPrefix("1:162 lists and mappings stand more"))
  }

  @Test func tooLarge() {
    let text = "a: " + String(repeating: "x", count: 1 << 20)
    #expect(complaint(about: text).hasPrefix("1:1 the file has 1.0 MiB, more than the 1 MiB"))
  }

  @Test func keysThatAreNoTexts() {
    #expect(
      complaint(about: "[a]: 1\n[a]: 2")
        == "1:1 a key must be a text, and here stands a list or a mapping")
    #expect(
      complaint(about: "[a]: 1") == "1:1 a key must be a text, and here stands a list")
    #expect(complaint(about: "?\n: 1").hasPrefix("1:2 a key must be a text, and here stands noth"))
  }
}
