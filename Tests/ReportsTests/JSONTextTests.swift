import Reports
import Testing

@Suite struct JSONTextTests {
  struct Record: Encodable {
    var size = 64
    var board = "cubietruck"
    var files = ["b/xen", "a"]
    var none: String?
    var odd = "quote \" line\nbell \u{07} ö"
    var map = ["z": 1, "a": 2, "m": 3]
  }

  private static let golden = #"""
    {
      "board" : "cubietruck",
      "files" : [
        "b/xen",
        "a"
      ],
      "map" : {
        "a" : 2,
        "m" : 3,
        "z" : 1
      },
      "odd" : "quote \" line\nbell \u0007 ö",
      "size" : 64
    }

    """#

  /// Keys are sorted, so the same value is the same text each time.
  @Test func keysAreSorted() throws {
    for _ in 0..<20 { #expect(try JSONText.text(Record()) == Self.golden) }
  }
}
