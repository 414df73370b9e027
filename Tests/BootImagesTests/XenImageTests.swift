import BootImages
import Measures
import Testing

@Suite struct XenImageTests {
  @Test func readsVersionAndMemory() throws {
    let bytes = Fixture.xen()
    let image = try XenImage(parsing: bytes.span.bytes)
    #expect(image.version == XenVersion(major: 4, minor: 17))
    #expect(image.memorySize == 4096)
    #expect(bytes.count < 4096)
  }

  @Test func aKernelIsNotXen() {
    let bytes = Fixture.zImage()
    #expect(throws: XenImageError.notXen) { try XenImage(parsing: bytes.span.bytes) }
  }

  /// Linux compares with "xen,xen-" as well, without a version behind it.
  @Test(arguments: ["", "x", "4", "4.17.5", "4.99999999999999999999"])
  func aTextThatOnlyLooksLikeXensIsNot(version: String) {
    let bytes = Fixture.xen(version: version)
    #expect(throws: XenImageError.notXen) { try XenImage(parsing: bytes.span.bytes) }
  }

  @Test(arguments: ["4.17", "4.17.5", "4.17.0", "4.17.99999999999999999999"])
  func aReleaseAsPeopleWriteIt(text: String) {
    #expect(XenVersion(written: text) == XenVersion(major: 4, minor: 17))
  }

  @Test(arguments: ["", "4", "4.", "4.17.", "4.17.5.1", "4.17-rc1", "4.17.x", "-4.17", "4..17"])
  func noRelease(text: String) { #expect(XenVersion(written: text) == nil) }

  @Test func versionsAreOrderedByNumberNotByText() throws {
    let (old, new) = (try #require(XenVersion("4.9")), try #require(XenVersion("4.17")))
    #expect(old < new)
    #expect(new.description == "4.17")
  }
}
