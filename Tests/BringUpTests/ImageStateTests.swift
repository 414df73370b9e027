import Diagnostics
import Testing

@testable import BringUp

/// What is kept of an image is read as it was written, or is none.
@Suite struct ImageStateTests {
  private static let state = ImageState(
    plan: Digest.sha256([1]), sources: Digest.sha256([2]),
    image: [64_769, 131, 8_388_608, 1_700_000_000, 5, 1_700_000_001, .max],
    root: ImageState.Root(
      offset: 71_303_168, size: 104_857_600, members: 1204,
      mapped: [0..<16_384, 20_480..<104_857_600],
      notes: [
        .init(severity: .warning, message: "sockets are left out: `a b`"),
        .init(severity: .info, message: "two\nlines, and a \\n"),
      ]))

  @Test func whatIsWrittenIsRead() {
    #expect(ImageState(text: Self.state.text) == Self.state)
  }

  @Test func cutOrChangedAnywhereItIsNone() {
    let bytes = Array(Self.state.text.utf8)
    for index in bytes.indices {
      #expect(ImageState(text: String(decoding: bytes[..<index], as: UTF8.self)) == nil)
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << UInt8(bit)
        #expect(ImageState(text: String(decoding: changed, as: UTF8.self)) == nil)
      }
    }
    #expect(ImageState(text: "") == nil)
    #expect(ImageState(text: Self.state.text + "\n") == nil)
  }
}
