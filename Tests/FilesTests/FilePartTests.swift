import Files
import Measures
import Testing

@Suite struct FilePartTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func offsetsCountFromItsStart() throws {
    let file = try AtomicFile(replacing: bench["image"])
    let part = try file.part(from: 6)
    try part.write([UInt8]("world").span.bytes, at: 0)
    let head = [UInt8]("hello ")
    try file.write(head.span.bytes, at: 0)
    try part.write([UInt8]("!").span.bytes, at: 5)
    try file.commit()
    #expect(try bench.text(of: "image") == "hello world!")
  }

  @Test func growingNeverCuts() throws {
    var file = try AtomicFile(replacing: bench["image"])
    let bytes = [UInt8]("hello")
    try file.write(bytes.span.bytes)
    try file.grow(to: 3)
    try file.grow(to: 7)
    try file.commit()
    #expect(try bench.text(of: "image") == "hello\u{0}\u{0}")
  }

  /// More than is sent to the disk in one go, in two places by turns.
  @Test func manyWritesArriveWhole() throws {
    let file = try AtomicFile(replacing: bench["image"])
    let part = try file.part(from: .mebibytes(1))
    let piece = [UInt8](repeating: 0x5A, count: 3 << 20)
    for index in 0..<8 {
      try part.write(piece.span.bytes, at: .mebibytes(UInt64(index) * 3))
    }
    let late = [UInt8](repeating: 1, count: 10)
    try part.write(late.span.bytes, at: 100)
    try file.commit()
    let bytes = try readFile(bench["image"], limit: .mebibytes(64))
    #expect(bytes.count == 25 << 20)
    #expect(bytes[..<(1 << 20)].allSatisfy { $0 == 0 })
    let rest = bytes[(1 << 20)...]
    #expect(rest.count { $0 == 0x5A } == rest.count - 10)
  }

  @Test func anOffsetThatNoFileHas() throws {
    let file = try AtomicFile(replacing: bench["image"])
    let part = try file.part(from: ByteCount(UInt64.max - 1))
    var failure: FileError?
    do { try part.write([UInt8]("x").span.bytes, at: 100) } catch { failure = error }
    guard case .system(.write, _, _, _) = failure else {
      Issue.record("not refused: \(String(describing: failure))")
      return
    }
  }
}
