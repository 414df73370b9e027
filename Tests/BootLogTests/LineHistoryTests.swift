import BootLog
import SeededGenerator
import Testing

@Suite struct LineHistoryTests {
  func lines(_ text: String, count: Int = 3, limit: Int = 4096) -> [String] {
    var history = LineHistory(count: count, lineLimit: limit)
    history.consume(Array(text.utf8).span)
    return history.text
  }

  @Test func keepsTheLastLinesWhateverEndsThem() {
    #expect(lines("one\ntwo\r\nthree\r\r\nfour\rfive") == ["three", "four", "five"])
  }

  @Test func leavesOutEmptyLines() {
    #expect(lines("one\r\n\r\n\r\n") == ["one"])
  }

  @Test func cutsALineThatNeverEnds() {
    #expect(lines("abcdefgh", limit: 3) == ["abc", "def", "gh"])
  }

  @Test func showsControlBytesInsteadOfSendingThem() {
    #expect(lines("\u{1B}[6necho\u{7}\tx") == [#"\x1b[6necho\x07"# + "\tx"])
  }

  @Test(arguments: 1...20)
  func chunkBordersDoNotMatter(seed: UInt64) {
    let bytes = Array("one\ntwo\r\nthree\r\r\nfour".utf8)
    var random = SeededGenerator(seed: seed)
    var history = LineHistory(count: 2)
    for piece in random.pieces(of: bytes) { history.consume(piece.span) }
    #expect(history.text == ["three", "four"], "seed \(seed)")
  }
}
