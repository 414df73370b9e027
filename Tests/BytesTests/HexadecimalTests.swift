import Bytes
import Testing

@Test func twoDigitsForEachByte() {
  #expect([0x00, 0x0A, 0xF0, 0xFF].hexadecimal == "000af0ff")
  #expect([UInt8]().hexadecimal == "")
}
