import Diagnostics
import StrictYAML
import Testing

/// A key given twice is reported where it stands for the second time.
@Suite struct DuplicateKeyTests {
  /// `key second-place first-place`.
  private func duplicate(in text: String) -> String {
    do {
      _ = try YAMLDocument(text: text, file: "t")
      return "accepted"
    } catch .duplicateKey(let key, let second, let first) {
      return "\(key) \(second.line):\(second.column) \(first.line):\(first.column)"
    } catch {
      return complaint(error)
    }
  }

  @Test func inWords() {
    #expect(
      complaint(about: "ram: 1GiB\nram: 2GiB\n") == "2:1 `ram` is given twice (remove one of them)"
    )
  }

  @Test func inBlocksAndBraces() {
    #expect(duplicate(in: "ram: 1GiB\nsoc: a20\nram: 2GiB\n") == "ram 3:1 1:1")
    #expect(duplicate(in: "a: { é: 1, b: 2, é: 3, é: 4 }") == "é 1:18 1:6")
    #expect(duplicate(in: "a:\n  - b: 1\n    c: 2\n    b: 3\n") == "b 4:5 2:5")
    #expect(duplicate(in: "? a\n: 1\n? a\n: 2\n") == "a 3:3 1:3")
    #expect(duplicate(in: "a: 1\r\na: 2\r\n") == "a 2:1 1:1")
  }

  @Test func quotedOrNot() {
    #expect(duplicate(in: "\"a\": 1\n'a' : 2\n") == "a 2:1 1:1")
    #expect(duplicate(in: "1: x\n\"1\": y\n") == "1 2:1 1:1")
    // Hidden behind an escape: the key is still named, at its first place.
    #expect(duplicate(in: "a: 1\n\"\\x61\": 2\n") == "a 1:1 1:1")
  }

  @Test func theSameWordElsewhereIsNoKey() {
    let text = """
      a: "a: 1"   # a: 2
      b: { a: 1 }
      c: |
        a: 3
      text: 'd, a: 4'
      a: 5
      """
    #expect(duplicate(in: text) == "a 6:1 1:1")
  }

  @Test func ofSeveralTheEarliestSecond() {
    #expect(duplicate(in: "a: 1\nb: 1\nb: 2\na: 2\n") == "b 3:1 2:1")
    #expect(duplicate(in: "x: { b: 1, b: 2 }\na: 1\na: 2\n") == "b 1:12 1:6")
    #expect(duplicate(in: "a: 1\na: 2\nx: { b: 1, b: 2 }\n") == "a 2:1 1:1")
  }
}
