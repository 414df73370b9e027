import BootImages
import Measures
import Testing

@Suite struct SPLImageTests {
  @Test func readsAnSPL() throws {
    let bytes = Fixture.spl(tree: "sun7i-a20-cubietruck") + [1, 2, 3]
    let image = try SPLImage(parsing: bytes.span.bytes)
    #expect(image.length == 8192)
    #expect(image.headerVersion?.description == "0.2")
    #expect(image.treeName == "sun7i-a20-cubietruck")
  }

  @Test func anOlderHeaderNamesNoTree() throws {
    let bytes = Fixture.spl(version: 1)
    let image = try SPLImage(parsing: bytes.span.bytes)
    #expect(image.headerVersion?.description == "0.1")
    #expect(image.treeName == nil)
  }

  @Test func oneFlippedBitIsFound() {
    var bytes = Fixture.spl()
    let whole = bytes
    bytes[5000] ^= 0x10
    let broken = bytes
    let error = #expect(throws: SPLError.self) { try SPLImage(parsing: broken.span.bytes) }
    guard case .badChecksum(let stored, let computed) = error else {
      Issue.record("expected badChecksum, got \(String(describing: error))")
      return
    }
    #expect(stored != computed)
    #expect((try? SPLImage(parsing: whole.span.bytes))?.checksum == stored)
  }

  @Test(arguments: [0, 4, 511, 8191, 0xFFFF_FFFF] as [UInt32])
  func refusesALengthThatIsNoMultipleOf512(length: UInt32) {
    var bytes = Fixture.spl()
    Fixture.replace(&bytes, at: 0x10, littleEndian: length)
    let broken = bytes
    #expect(throws: SPLError.badLength(ByteCount(UInt64(length)))) {
      try SPLImage(parsing: broken.span.bytes)
    }
  }

  @Test(arguments: 0...0x60) func refusesEveryCutHeader(length: Int) {
    let bytes = Array(Fixture.spl().prefix(length))
    let available = ByteCount(length)
    let expected: SPLError =
      switch length {
      case ..<12: .notSPL
      case ..<0x60: .truncated(length: 0x60, available: available)
      default: .truncated(length: 8192, available: available)
      }
    #expect(throws: expected) { try SPLImage(parsing: bytes.span.bytes) }
  }

  /// `mkimage` reads what the fixtures make, so the fixtures are what the boot ROM would start.
  @Test func mkimageReadsTheFixture() throws {
    let listing = try Tool.run(
      "mkimage", ["-l"], on: Fixture.spl(tree: "sun7i-a20-cubietruck"))
    #expect(
      listing == """
        Allwinner eGON image, size: 8192 bytes
        \tSPL header version 0.2
        \tDT name: sun7i-a20-cubietruck

        """)
  }
}
