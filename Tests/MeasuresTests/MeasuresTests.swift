import Measures
import Testing

@Suite struct MeasuresTests {
  @Test(
    arguments: [
      ("512", 512), ("8KiB", 8192), ("64 MiB", 64 << 20), ("2GiB", 2 << 30), ("1_000", 1000),
    ] as [(String, UInt64)])
  func readsSizes(text: String, bytes: UInt64) {
    #expect(ByteCount(text)?.rawValue == bytes)
  }

  @Test(arguments: ["", "MiB", "64M", "-1", "1.5GiB", "0x10", "99999999999TiB", "64 mib", "_"])
  func refusesWhatIsNoSize(text: String) {
    #expect(ByteCount(text) == nil)
  }

  @Test func printsSizesForPeople() {
    #expect(ByteCount(512).description == "512 B")
    #expect(ByteCount(5_448_192).description == "5.1 MiB")
    #expect(ByteCount.mebibytes(64).description == "64 MiB")
    #expect(ByteCount.mebibytes(64).compact == "64MiB")
    #expect(ByteCount(1_139_344).compact == "1139344")
  }

  @Test func rangesAreHalfOpen() throws {
    let low = try #require(AddressRange(start: 0x4200_0000, size: 0x1000))
    let next = try #require(AddressRange(start: 0x4200_1000, size: 1))
    #expect(!low.overlaps(next))
    #expect(low.overlaps(try #require(AddressRange(start: 0x4200_0FFF, size: 2))))
    #expect(low.description == "0x42000000..0x42000fff")
    #expect(AddressRange(start: Address(UInt64.max), size: 2) == nil)
    #expect(Address(UInt64.max).roundedUp(to: 4096) == nil)
    #expect(Address(0x1001).roundedUp(to: 4096) == 0x2000)
  }
}
