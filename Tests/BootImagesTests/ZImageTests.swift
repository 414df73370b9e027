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

  /// A kernel says how large it will be; one that does not, or whose table leads nowhere, says nothing.
  @Test func theTableTellsTheUnpackedSize() throws {
    var bytes = Fixture.zImage(fileSize: 4096)
    #expect(ZImage.Unpacked(bytes.span.bytes) == nil)
    for (offset, word) in [
      (0x30, 0x0403_0201), (0x34, 0x4545_4545), (0x38, 0x800), (0x800, 6), (0x804, 0x5A53_4C4B),
      (0x808, 0xFFC), (0x80C, 0x5_E4D4), (0x810, 0x20_8000), (0x814, 0x1_0000),
      (0xFFC, 0x13A_10B4),
    ] as [(Int, UInt32)] {
      Fixture.replace(&bytes, at: offset, littleEndian: word)
    }
    let whole = ZImage.Unpacked(
      size: 0x13A_10B4, cleared: 0x5_E4D4, offset: 0x20_8000, heap: 0x1_0000)
    #expect(ZImage.Unpacked(bytes.span.bytes) == whole)
    for (offset, word) in [
      (0x38, 0xFFFF_FFFC), (0x808, 0xFFFF_FFFF), (0x808, 0xFFD), (0x800, 3), (0x804, 0),
    ] as [(Int, UInt32)] {
      var broken = bytes
      Fixture.replace(&broken, at: offset, littleEndian: word)
      let copy = broken
      #expect(ZImage.Unpacked(copy.span.bytes) == nil)
    }
  }
}
