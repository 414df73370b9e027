import BootImages
import BringUp
import DeviceTree
import Diagnostics
import Testing

/// A build judges the tree that it bakes.
@Suite struct JudgementTests {
  /// An SPI with a trigger that no SPI can have.
  private static let faulty = Node(
    name: "mmc@1c0f000",
    properties: [.cells("reg", [0x1C0_F000, 0x1000]), .cells("interrupts", [0, 32, 8])])

  @Test func aFaultyTreeMakesNoCard() throws {
    var inputs = SmallInputs()
    inputs.devices = [Self.faulty]
    let error = try #require(throws: BuildError.self) { try inputs.plan() }
    #expect(error.isVerdict)
    let diagnostic = error.diagnostic
    #expect(
      diagnostic.message
        == "the device tree xen.dtb has 1 fault with which the board would not boot")
    #expect(diagnostic.notes.count == 1)
    #expect(
      diagnostic.notes[0].contains("/mmc@1c0f000") && diagnostic.notes[0].contains("irq-spi-flag"))
    #expect(diagnostic.help?.contains("ctboot explain irq-spi-flag") == true)
  }

  @Test func theProjectMayKnowBetter() throws {
    var inputs = SmallInputs()
    inputs.devices = [Self.faulty]
    inputs.accepted = [SmallInputs.acceptance(of: "irq-spi-flag")]
    #expect(try inputs.plan().warnings == [])
  }

  /// Two devices that share an SPI with two triggers: Xen 4.17 builds no dom0 then.
  @Test func whatXenAloneMindsIsRefusedToo() throws {
    var inputs = SmallInputs()
    inputs.devices = [4, 1].enumerated().map { number, flag in
      Node(
        name: "device@\(number + 1)000",
        properties: [
          .cells("reg", [UInt32(number + 1) * 0x1000, 0x1000]),
          .cells("interrupts", [0, 90, flag]),
        ])
    }
    let error = try #require(throws: BuildError.self) { try inputs.plan() }
    #expect(error.diagnostic.notes.contains { $0.contains("irq-shared-type") })
  }

  @Test func aXenThatNobodyHasSeenYet() throws {
    let inputs = SmallInputs(xenVersion: XenVersion(major: 99, minor: 9))
    #expect(
      try inputs.plan().warnings.map(\.message) == [
        "Xen 99.9 is newer than this program, which judges as for Xen 4.22"
      ])
  }
}
