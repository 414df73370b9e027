import StrictYAML
import Testing

/// A packed document is the one that was parsed.
@Suite struct PackedTests {
  @Test(arguments: [
    "word", "''", "[]", "{}", "a: [1, '2', {b: \"c\\nd\"}]\nd:\n  - e: >-\n      f\n      g\n",
    "ümlaut: \"多\"\nempty:\n", "a: |\n  p 1 1 5 board\n  m 1 1 2\n",
  ])
  func whatIsReadBackIsTheSame(text: String) throws {
    let document = try YAMLDocument(text: text, file: "a.yaml")
    #expect(try YAMLDocument(PackedYAML(document), file: "a.yaml").root == document.root)
  }

  @Test func aPackedForm() throws {
    let document = try YAMLDocument(text: "board: x\nmemory: [1GiB, \"2\"]\n", file: "a.yaml")
    #expect(
      PackedYAML(document).text == """
        m 1 1 2
        p 1 1 5 board
        p 1 8 1 x
        p 2 1 6 memory
        l 2 9 2
        p 2 10 4 1GiB
        q 2 16 1 2

        """)
    #expect(document.root.texts == ["x", "1GiB", "2"])
  }

  @Test(arguments: [
    "", "p", "p 1 1 5 boa", "p 1 1 5 board", "p 1 1 1 x\nq 1 1 1 x\n", "m 1 1 1\n", "x 1 1 1\n",
    "l 1 1 9999999\n", "l 1 1 99999999999999999999\n", "p 1 1 -1 x\n",
    "m 1 1 1\nl 1 1 0\nl 1 1 0\n",
    String(repeating: "l 1 1 1\n", count: 100_000),
  ])
  func damagedForms(text: String) {
    #expect(throws: YAMLError.self) {
      try YAMLDocument(PackedYAML(text: text), file: "a.yaml")
    }
  }
}
