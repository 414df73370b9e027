import Diagnostics
import Testing

@Suite struct SpellingTests {
  let keys = ["board", "flow", "inputs", "image", "domains"]

  @Test(arguments: [("baord", "board"), ("input", "inputs"), ("Image", "image"), ("flwo", "flow")])
  func namesTheNearestKey(typed: String, meant: String) {
    #expect(Spelling.nearest(to: typed, among: keys) == meant)
  }

  @Test func keepsSilentWhenNothingIsNear() {
    #expect(Spelling.nearest(to: "bootloader", among: keys) == nil)
  }
}
