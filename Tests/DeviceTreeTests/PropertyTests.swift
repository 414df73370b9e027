import DeviceTree
import Testing

@Suite struct PropertyTests {
  @Test func makersAndViewsAgree() {
    #expect(Property.cells("reg", [1, 0xDEAD_BEEF]).cells == [1, 0xDEAD_BEEF])
    #expect(Property.string("model", "Demo").string == "Demo")
    #expect(Property.strings("compatible", ["a,b", "c"]).strings == ["a,b", "c"])
    #expect(Property.empty("ranges").value.isEmpty)
    #expect(Property.empty("ranges").cells == [])
  }

  @Test func bytesAreThoseOfTheSpecification() {
    #expect(Property.cells("x", [0x0102_0304]).value == [1, 2, 3, 4])
    #expect(Property.strings("x", ["a", "", "b"]).value == [0x61, 0, 0, 0x62, 0])
  }

  @Test(
    arguments: [
      ("no byte at all", []),
      ("no zero byte at the end", [0x61]),
      ("a lone continuation byte", [0x80, 0]),
      ("a broken text behind a good one", [0x61, 0, 0xC3, 0]),
    ] as [(String, [UInt8])])
  func isNoText(fault: String, value: [UInt8]) {
    let property = Property(name: "x", value: value)
    #expect(property.strings == nil, "\(fault)")
    #expect(property.string == nil, "\(fault)")
  }

  @Test func twoTextsAreNotOne() {
    #expect(Property.strings("x", ["a", "b"]).string == nil)
    #expect(Property.string("x", "").string == "")
  }

  @Test func threeBytesAreNoCells() {
    #expect(Property(name: "x", value: [1, 2, 3]).cells == nil)
  }
}
