import BootImages
import Measures
import Testing

@Suite struct ZImageTests {
  @Test func aWholeKernelOccupiesItsFile() throws {
    let bytes = Fixture.zImage(fileSize: 4096)
    let image = try ZImage(parsing: bytes.span.bytes)
    #expect(image.memorySize == 4096)
    #expect(image.missingFromKernel == nil)
  }

  @Test func aTreeBehindTheKernelCountsAsMemory() throws {
    let bytes = Fixture.zImage(fileSize: 5000, claims: 4096)
    let image = try ZImage(parsing: bytes.span.bytes)
    #expect(image.memorySize == 5000)
    #expect(image.missingFromKernel == nil)
  }

  @Test func aCutKernelSaysHowMuchIsMissing() throws {
    let bytes = Fixture.zImage(fileSize: 4000, claims: 4096, start: 0x4000_8000)
    let image = try ZImage(parsing: bytes.span.bytes)
    #expect(image.missingFromKernel == 96)
    #expect(image.memorySize == 4096)
  }

  @Test func refusesAnEndThatIsNotAfterTheStart() {
    var bytes = Fixture.zImage()
    Fixture.replace(&bytes, at: 0x28, littleEndian: 0x5000)
    let broken = bytes
    #expect(throws: ZImageError.endBeforeStart(start: 0x5000, end: 4096)) {
      try ZImage(parsing: broken.span.bytes)
    }
  }

  @Test func refusesWhatIsNoZImage() {
    let bytes = Fixture.arm64Image()
    #expect(throws: ZImageError.notZImage) { try ZImage(parsing: bytes.span.bytes) }
  }

  @Test(arguments: 0..<0x30) func refusesEveryCutHeader(length: Int) {
    let bytes = Array(Fixture.zImage().prefix(length))
    #expect(throws: length < 0x28 ? ZImageError.notZImage : .cutHeader(ByteCount(length))) {
      try ZImage(parsing: bytes.span.bytes)
    }
  }
}
