import BootImages
import Diagnostics
import Measures
import Testing

/// Each way in which a file can be the wrong one, and the words for it.
@Suite struct InputCheckTests {
  @Test func takesWhatFits() throws {
    let (xen, kernel, tree) = (Fixture.xen(), Fixture.zImage(), Fixture.tree())
    let (bootloader, firmware) = (Fixture.bootloader(), Fixture.uBoot())
    #expect(try InputCheck.xen(xen.span.bytes, file: "xen").version.description == "4.17")
    #expect(try InputCheck.kernel(kernel.span.bytes, file: "zImage").memorySize == 4096)
    #expect(try InputCheck.tree(tree.span.bytes, file: "a.dtb").size == 72)
    #expect(
      try InputCheck.bootloader(bootloader.span.bytes, file: "b").layout.payloadOffset == 0x8000)
    #expect(
      try InputCheck.firmware(firmware.span.bytes, file: "u").release == "2023.01+test")
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let role: InputRole
    let bytes: [UInt8]
    let message: String
    let help: String
    var testDescription: String { message }
  }

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    let error = #expect(throws: InputError.self) { try Self.check(refusal.bytes, refusal.role) }
    let diagnostic = try #require(error).diagnostic
    #expect(diagnostic.message == refusal.message)
    #expect(diagnostic.help == refusal.help)
    #expect(diagnostic.severity == .error)
  }

  @Test func everyRoleHasAnAnswerForEveryKind() {
    for role in InputRole.allCases {
      for example in ImageKindTests.examples {
        let error = InputError.wrongKind(role, file: "f", .recognise(example.bytes.span.bytes))
        #expect(error.diagnostic.help?.isEmpty == false)
        #expect(error.diagnostic.message.hasSuffix("but it is \(example.words)"))
      }
    }
  }

  static func check(_ bytes: [UInt8], _ role: InputRole) throws(InputError) {
    let span = bytes.span.bytes
    switch role {
    case .bootloader: _ = try InputCheck.bootloader(span, file: "FILE")
    case .firmware: _ = try InputCheck.firmware(span, file: "FILE")
    case .xen: _ = try InputCheck.xen(span, file: "FILE")
    case .kernel: _ = try InputCheck.kernel(span, file: "FILE")
    case .tree: _ = try InputCheck.tree(span, file: "FILE")
    case .ramdisk: try InputCheck.ramdisk(span, file: "FILE")
    case .policy: try InputCheck.policy(span, file: "FILE")
    }
  }
}
