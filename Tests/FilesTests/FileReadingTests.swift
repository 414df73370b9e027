import Files
import Measures
import SystemPackage
import Testing

@Suite struct FileReadingTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func holesArePassedOver() throws {
    let path = bench["sparse"]
    let file = try AtomicFile(replacing: path)
    try file.resize(to: .mebibytes(100))
    let bytes = [UInt8]("data")
    try file.write(bytes.span.bytes, at: .mebibytes(50))
    try file.commit()
    var reading = try FileReading(path)
    #expect(reading.size == .mebibytes(100))
    var buffer = [UInt8](repeating: 0, count: 4096)
    var total = 0
    var found: UInt64?
    while let piece = try reading.next(into: &buffer) {
      total += piece.count
      if let index = buffer[..<piece.count].firstIndex(of: UInt8(ascii: "d")) {
        found = piece.offset + UInt64(index)
      }
    }
    #expect(found == 50 << 20)
    // On a disk that knows holes, at least the most part is passed over.
    #expect(total < 1 << 20)
  }

  @Test func rangesWithContent() {
    var bytes = [UInt8](repeating: 0, count: 40)
    bytes[9] = 1
    bytes[17] = 1
    bytes[39] = 1
    // Blocks of 8 in a file in which these bytes begin at 4: 0..<4, 4..<12, 12..<20, …
    #expect(
      bytes.span.bytes.ranges(withContentInBlocksOf: 8, from: 4) == [4..<20, 36..<40])
    let none = [UInt8](repeating: 0, count: 40)
    #expect(none.span.bytes.ranges(withContentInBlocksOf: 8, from: 0) == [])
    let empty: [UInt8] = []
    #expect(empty.span.bytes.ranges(withContentInBlocksOf: 8, from: 0) == [])
  }
}
