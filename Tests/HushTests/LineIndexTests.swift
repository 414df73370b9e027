import Diagnostics
import Hush
import Testing

@Suite struct LineIndexTests {
  @Test func linesAndColumnsCountFromOne() {
    let index = LineIndex(Array("ab\nçd\n".utf8))
    #expect(index.position(of: 0) == (1, 1))
    #expect(index.position(of: 2) == (1, 3))
    #expect(index.position(of: 5) == (2, 2))
    #expect(index.position(of: 99) == (3, 1))
    #expect(Array(index.bytes(ofLine: 2)) == Array("çd".utf8))
    #expect(index.bytes(ofLine: 9).isEmpty)
    let place = index.place(of: 3..<6, file: "f")
    #expect(place.line == 2 && place.column == 1 && place.endColumn == 3)
  }
}
