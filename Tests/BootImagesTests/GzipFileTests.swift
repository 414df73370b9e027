import BootImages
import Measures
import Testing

@Suite struct GzipFileTests {
  @Test func readsHeaderAndTrailer() throws {
    let bytes = Fixture.gzip()
    let file = try GzipFile(parsing: bytes.span.bytes)
    #expect(file.name == "hello.txt")
    #expect(file.time == 1_000_000_000)
    #expect(file.originalSize == 6)
    #expect(file.checksum == 0x363A_3020)
    #expect(file.dataOffset == 20)
  }

  @Test func skipsFieldsThatDoNotMatterHere() throws {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0b0001_0110, 0, 0, 0, 0, 0, 3]
    bytes += [2, 0, 0xAA, 0xBB] + Array("a comment\0".utf8) + [0, 0] + Fixture.gzip().suffix(16)
    let file = try GzipFile(parsing: bytes.span.bytes)
    #expect(file.name == nil)
    #expect(file.originalSize == 6)
  }

  @Test func refusesAnUnknownMethod() {
    var bytes = Fixture.gzip()
    bytes[2] = 9
    let broken = bytes
    #expect(throws: GzipError.unknownMethod(9)) { try GzipFile(parsing: broken.span.bytes) }
  }

  @Test(arguments: 0..<28) func refusesEveryCutHeader(length: Int) {
    let bytes = Array(Fixture.gzip().prefix(length))
    #expect(throws: length < 2 ? GzipError.notGzip : .truncated(.init(length))) {
      try GzipFile(parsing: bytes.span.bytes)
    }
  }
}
