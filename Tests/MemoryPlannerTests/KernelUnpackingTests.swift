import BootImages
import Diagnostics
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
      kind: .tree, setting: .load("tree"))
    let script = Claim(
      owner: "the boot script", range: try range(0x4120_0000, 0x1000), reason: "its file",
      kind: .script)
    let clashes = plan.clashes(with: [tree, script])
    #expect(
      clashes.map(\.message) == [
        "the device tree overlaps the kernel once it is unpacked in memory"
      ])
    #expect(clashes.first?.nearest == 0x4170_0000)
    #expect(
      clashes.first?.diagnostic.help
        == "load the device tree at 0x41700000, the nearest address where "
        + "it fits: `load: { tree: 0x41700000 }` in the project file, or `auto`")
  }

  /// Of a file that U-Boot moves before it starts the kernel, only the copy counts.
  @Test func whatUBootHasMovedIsLeftBehind() throws {
    let plan = try #require(
      KernelUnpacking(zImage: try range(0x4200_0000, 0x53_2200), unpacked: debian))
    func tree(_ start: Address, _ setting: AddressSetting?) throws -> Claim {
      Claim(
        owner: "the device tree", range: try range(start, 0x8000), reason: "its file", kind: .tree,
        setting: setting)
    }
    let (file, copy) = (try tree(0x4100_0000, .load("tree")), try tree(0x49FF_0000, nil))
    #expect(plan.clashes(with: [file, copy]).isEmpty)
    let clash = plan.clashes(with: [file, try tree(0x4110_0000, nil)]).first
    #expect(clash?.range.start == 0x4110_0000)
    // U-Boot chooses that place, so the kernel has to go.
    #expect(
      clash?.diagnostic.help == "load the kernel into another 128 MiB, to whose start it unpacks: "
        + "`load: { kernel: ADDRESS }` in the project file")
  }

  @Test func theEndOfTheAddressesIsNotPassed() throws {
    let last = try range(Address(UInt64.max - 0x1000), 0x1000)
    let endless = ZImage.Unpacked(
      size: ByteCount(UInt64.max), cleared: 1, offset: 0x8000, heap: 0x1_0000)
    #expect(KernelUnpacking(zImage: last, unpacked: endless) == nil)
    #expect(KernelUnpacking(zImage: last, unpacked: debian) != nil)
  }
}
