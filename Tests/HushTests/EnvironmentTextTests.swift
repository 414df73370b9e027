import Hush
import Testing

/// How `env import -t` reads a text.
@Suite struct EnvironmentTextTests {
  private func entries(_ text: String, separator: UInt8 = 0x0A, dropping: Bool = false) -> [String]
  {
    EnvironmentText(Array(text.utf8), separator: separator, droppingCarriageReturns: dropping)
      .entries.map { entry in
        let name = String(decoding: entry.name, as: UTF8.self)
        return entry.value.map { "\(name)=\(String(decoding: $0, as: UTF8.self))" } ?? "-\(name)"
      }
  }

  @Test(
    arguments: [
      ("a=1\nb=2\n", ["a=1", "b=2"]), ("a=1", ["a=1"]),
      // Quotes, blanks and what looks like a comment are part of the value.
      ("a=\"x  y\" # z\n", ["a=\"x  y\" # z"]), ("  # c\n\t a=1\n", ["a=1"]),
      ("a =1\n", ["a =1"]), ("export a=1\n", ["export a=1"]), ("a=b=c\n", ["a=b=c"]),
      // An empty value deletes, and so does a line without an equals sign.
      ("a=\nb\nc=1\n", ["-a", "-b", "c=1"]),
      // An empty line deletes a variable without a name.
      ("a=1\n\nb=2\n", ["a=1", "-", "b=2"]),
      // A backslash protects what follows, a line's end too.
      (#"a=x\ny\\z"#, [#"a=xny\z"#]), ("a=x\\\ny\n", ["a=x\ny"]),
      ("a=1\r\n", ["a=1\r"]), ("a=1\nb=2\0c=3\0\0d=4", ["a=1", "b=2", "c=3"]), ("", []),
    ] as [(String, [String])])
  func text(text: String, wanted: [String]) { #expect(entries(text) == wanted) }

  @Test func carriageReturnsGoWhereThatIsAskedFor() {
    #expect(entries("a=1\r\nb=x\ry\r\n", dropping: true) == ["a=1", "b=x\ry"])
  }

  @Test func binaryFormHasNULs() {
    #expect(entries("a=1\0b=2\nc\0\0d=3", separator: 0) == ["a=1", "b=2\nc"])
  }

  @Test func aValueWithoutANameEndsTheImport() {
    let text = EnvironmentText(Array("a=1\n=x\nb=2\n".utf8))
    #expect(text.entries.count == 1)
    #expect(text.namelessEntry == 4..<6)
  }

  @Test func rangesAreThoseOfTheText() {
    let bytes = Array("#\n ab=cd\n".utf8)
    let entry = EnvironmentText(bytes).entries.first
    #expect(entry?.range == 3..<8)
    #expect(entry?.valueRange == 6..<8)
  }
}
