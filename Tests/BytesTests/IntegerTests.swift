import Bytes
import Testing

@Suite struct IntegerTests {
  let bytes: [UInt8] = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09]

  @Test func readsBothByteOrdersAtAnyAlignment() throws {
    let span = bytes.span.bytes
    #expect(try span.littleEndianUInt16(at: 1) == 0x0302)
    #expect(try span.littleEndianUInt32(at: 1) == 0x0504_0302)
    #expect(try span.bigEndianUInt32(at: 1) == 0x0203_0405)
    #expect(try span.bigEndianUInt64(at: 1) == 0x0203_0405_0607_0809)
    #expect(try span.littleEndianUInt64(at: 0) == 0x0807_0605_0403_0201)
  }

  @Test(arguments: [-1, 6, 9, 10, Int.max, Int.min])
  func refusesWhatLiesOutside(offset: Int) {
    let bytes = bytes
    #expect(throws: OutOfBounds(offset: offset, count: 4, available: 9)) {
      try bytes.span.bytes.bigEndianUInt32(at: offset)
    }
  }

  @Test func matchesPatternsOnlyWhereTheyLieWhole() {
    let text: [UInt8] = Array("..eGON.BT0".utf8)
    let found = [2, 3, Int.max].map { text.span.bytes.matches("eGON.BT0", at: $0) }
    #expect(found == [true, false, false])
  }

  @Test func appendsInBothOrders() {
    var out: [UInt8] = []
    out.append(littleEndian: UInt16(0x0102))
    out.append(bigEndian: UInt32(0x0304_0506))
    out.append("ab", width: 3, padding: 0x20)
    out.pad(to: 4)
    #expect(out == [2, 1, 3, 4, 5, 6, 0x61, 0x62, 0x20, 0, 0, 0])
  }

  @Test func checksumIsThatOfZlib() {
    let digits: [UInt8] = Array("123456789".utf8)
    let checks = [digits, []].map { CRC32.checksum($0.span.bytes) }
    #expect(checks == [0xCBF4_3926, 0])
  }

  /// By the definition, a bit at a time: of any length, and however it is cut.
  @Test func checksumOfAnyLength() {
    let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ 5) }
    var wanted: UInt32 = 0xFFFF_FFFF
    for count in bytes.indices {
      var crc = CRC32()
      crc.update(bytes.span.bytes.extracting(0..<(count / 3)))
      crc.update(bytes.span.bytes.extracting((count / 3)..<count))
      #expect(crc.value == ~wanted, "\(count) bytes")
      wanted ^= UInt32(bytes[count])
      for _ in 0..<8 { wanted = wanted & 1 == 1 ? 0xEDB8_8320 ^ (wanted >> 1) : wanted >> 1 }
    }
  }
}
