import BootImages
import Measures
import MemoryPlanner
import Testing

@Suite struct KernelUnpackingTests {
  /// Debian 12's 6.1 for armmp, whose file has 0x532200 bytes.
  let debian = ZImage.Unpacked(
    size: 0x13A_10B4, cleared: 0x5_E4D4, offset: 0x20_8000, heap: 0x1_0000)

  func range(_ start: Address, _ size: ByteCount) throws -> AddressRange {
    try #require(AddressRange(start: start, size: size))
  }

  @Test func aKernelOutOfItsOwnWayUnpacksBelow() throws {
    let plan = try #require(
      KernelUnpacking(zImage: try range(0x4200_0000, 0x53_2200), unpacked: debian))
    #expect(plan.claims.map(\.range) == [try range(0x4020_3000, 0x140_4588)])
    #expect(plan.claims[0].stage == .linux)
  }

  /// It first copies itself behind what it will unpack.
  @Test func aKernelInItsOwnWayTakesMore() throws {
    let plan = try #require(
      KernelUnpacking(zImage: try range(0x4100_0000, 0x53_2200), unpacked: debian))
    #expect(
      plan.claims.map(\.range) == [
        try range(0x4020_3000, 0x140_4588), try range(0x415A_90B4, 0x54_4200),
      ])
  }

  /// A tree that lies where the kernel unpacks to is gone before Linux reads it.
  @Test func whatLinuxStillNeedsIsNotWrittenOver() throws {
    let plan = try #require(
      KernelUnpacking(zImage: try range(0x4200_0000, 0x53_2200), unpacked: debian))
    let tree = Claim(
      owner: "the device tree", range: try range(0x4100_0000, 0x8000), reason: "its file",
      kind: .tree)
    let script = Claim(
      owner: "the boot script", range: try range(0x4120_0000, 0x1000), reason: "its file",
      kind: .script)
    let clashes = plan.clashes(with: [tree, script])
    #expect(
      clashes.map(\.message) == [
        "the device tree overlaps the kernel once it is unpacked in memory"
      ])
    #expect(clashes.first?.nearest == 0x4170_0000)
  }

  @Test func theEndOfTheAddressesIsNotPassed() throws {
    let last = try range(Address(UInt64.max - 0x1000), 0x1000)
    let endless = ZImage.Unpacked(
      size: ByteCount(UInt64.max), cleared: 1, offset: 0x8000, heap: 0x1_0000)
    #expect(KernelUnpacking(zImage: last, unpacked: endless) == nil)
    #expect(KernelUnpacking(zImage: last, unpacked: debian) != nil)
  }
}
