import Boards
import Testing

@Suite struct PackageNameTests {
  @Test(arguments: ["xen", "linux-image-6.1.0-50-armmp", "g++", "0ad", "xen-hypervisor-"])
  func namesAsDebianHasThem(name: String) {
    #expect(PackageName.isValid(name))
  }

  @Test(arguments: ["-oDir::Cache=/", "~nxen", "a b", "", "a", "a/../b", "xen;", "é", "Xen", "xeN"])
  func whatCouldBeAnOptionIsNoName(name: String) {
    #expect(!PackageName.isValid(name))
  }

  @Test(arguments: ["1:2.0~rc1-1+b1", "4.17.5+23-ga4e5191dc0-1+deb12u1", "2A", "1"])
  func versionsAsDebianHasThem(version: String) {
    #expect(PackageName.isValid(version: version))
  }

  @Test(arguments: ["", "-1", "~1", ":1", "1 2", "1/2", "1;2"])
  func whatIsNoVersion(version: String) {
    #expect(!PackageName.isValid(version: version))
  }
}
