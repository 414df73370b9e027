import BootImages
import Testing

@Suite struct KernelConfigurationTests {
  private static let text = """
    #
    # Automatically generated file; DO NOT EDIT.
    # Linux/arm 6.1.176 Kernel Configuration
    #
    CONFIG_XEN=y
    CONFIG_XEN_BACKEND=m
    CONFIG_LOCALVERSION="=y"
    CONFIG_NR_CPUS=8
    # CONFIG_KVM is not set

    """

  @Test func versionAndOptions() throws {
    let config = try #require(KernelConfiguration(parsing: Array(Self.text.utf8)))
    #expect(config.version == "6.1.176")
    let release = try #require(config.release)
    #expect(release == (6, 1))
    #expect(config.has("CONFIG_XEN") && config.has("CONFIG_XEN_BACKEND"))
    for option in ["CONFIG_KVM", "CONFIG_NR_CPUS", "CONFIG_LOCALVERSION", "CONFIG_NEVER_HEARD_OF"] {
      #expect(!config.has(option), "\(option)")
    }
  }

  @Test(arguments: ["", "CONFIG_XEN=y\n", "# Linux\n", "\u{0}\u{FF}# Linux/arm"])
  func whatIsNone(text: String) {
    #expect(KernelConfiguration(parsing: Array(text.utf8)) == nil)
  }

  @Test(arguments: ["5", "x.y", "-rc1.2"])
  func versionsWithoutNumbers(version: String) throws {
    let text = "# Linux/arm \(version) Kernel Configuration\n"
    let config = try #require(KernelConfiguration(parsing: Array(text.utf8)))
    #expect(config.release == nil)
  }
}
