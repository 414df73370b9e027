import BootImages
import Diagnostics
import Measures
import MemoryPlanner
import Testing

@Suite struct KernelUnpackingTests {
  /// Debian 12's 6.1 for armmp, whose file has 0x532200 bytes.
  let debian = ZImage.Unpacked(
    size: 0x13A_10B4, cleared: 0x5_E4D4, offset: 0x20_8000, heap: 0x1_0000)

  /// Of the board that all of these lie on.
  var ram: AddressRange { get throws { try range(0x4000_0000, .gibibytes(1)) } }

  func range(_ start: Address, _ size: ByteCount) throws -> AddressRange {
    try #require(AddressRange(start: start, size: size))
  }

  @Test func aKernelOutOfItsOwnWayUnpacksBelow() throws {
    let plan = try #require(
      KernelUnpacking(
        zImage: try range(0x4200_0000, 0x53_2200), unpacked: debian, memory: [try ram]))
    #expect(plan.claims.map(\.range) == [try range(0x4020_3000, 0x140_4588)])
    #expect(plan.claims[0].stage == .linux)
  }

  /// It first copies itself behind what it will unpack.
  @Test func aKernelInItsOwnWayTakesMore() throws {
    let plan = try #require(
      KernelUnpacking(
        zImage: try range(0x4100_0000, 0x53_2200), unpacked: debian, memory: [try ram]))
    #expect(
      plan.claims.map(\.range) == [
        try range(0x4020_3000, 0x140_4588), try range(0x415A_90B4, 0x54_4200),
      ])
  }

  /// A tree that lies where the kernel unpacks to is gone before Linux reads it.
  @Test func whatLinuxStillNeedsIsNotWrittenOver() throws {
    let plan = try #require(
      KernelUnpacking(
        zImage: try range(0x4200_0000, 0x53_2200), unpacked: debian, memory: [try ram]))
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
      KernelUnpacking(
        zImage: try range(0x4200_0000, 0x53_2200), unpacked: debian, memory: [try ram]))
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

  private static func leftOut(_ plan: KernelUnpacking) -> [AddressRange] {
    plan.leftOut.map(\.range)
  }

  /// RAM begins for Linux at the multiple of 128 MiB that its kernel lies at or above.
  @Test func aHighKernelLeavesRAMOut() throws {
    func plan(_ start: Address, _ memory: [AddressRange]) throws -> KernelUnpacking {
      try #require(
        KernelUnpacking(zImage: try range(start, 0x53_2200), unpacked: debian, memory: memory))
    }
    let memory = [try ram]
    #expect(Self.leftOut(try plan(0x47FF_0000, memory)).isEmpty)
    #expect(
      Self.leftOut(try plan(0x4800_0000, memory)) == [try range(0x4000_0000, .mebibytes(128))])
    #expect(
      Self.leftOut(try plan(0x6123_0000, memory)) == [try range(0x4000_0000, .mebibytes(512))])
    // Each bank for itself, the upper one as far as it lies below.
    let banks = [try range(0x4000_0000, .mebibytes(64)), try range(0x5000_0000, .mebibytes(512))]
    #expect(
      Self.leftOut(try plan(0x6000_0000, banks))
        == [banks[0], try range(0x5000_0000, .mebibytes(256))])
    // Where that multiple is no RAM, Linux asks the tree.
    #expect(Self.leftOut(try plan(0x4900_0000, [try range(0x4900_0000, .mebibytes(64))])).isEmpty)
  }

  @Test func aRAMDiskThereIsLost() throws {
    let plan = try #require(
      KernelUnpacking(
        zImage: try range(0x6000_0000, 0x53_2200), unpacked: debian, memory: [try ram]))
    func claim(
      _ kind: Claim.Kind, _ owner: String, _ start: Address, _ setting: AddressSetting?
    ) throws -> Claim {
      Claim(
        owner: owner, range: try range(start, 0x53_2200), reason: "its file", kind: kind,
        setting: setting)
    }
    let kernel = try claim(.kernel, "the kernel", 0x6000_0000, .load("kernel"))
    let moved = [
      try claim(.initrd, "the RAM disk", 0x4700_0000, .load("initrd")),
      try claim(.initrd, "the RAM disk where U-Boot moves it to", 0x5800_0000, nil),
    ]
    // Linux reads a tree wherever it lies.
    let tree = try claim(.tree, "the device tree", 0x4600_0000, nil)
    let clashes = plan.clashes(with: moved + [kernel, tree])
    #expect(
      clashes.map(\.message) == [
        "the kernel leaves out all RAM below 0x60000000, and with it the RAM disk where U-Boot "
          + "moves it to"
      ])
    #expect(clashes.first?.range == moved[1].range)
    #expect(
      clashes.first?.diagnostic.help
        == "load the kernel into the first 128 MiB of RAM, as at 0x47a00000: "
        + "`load: { kernel: 0x47a00000 }` in the project file, or `auto`")
    // A RAM disk that stays where it is loaded can go to the kernel.
    let stays = plan.clashes(with: [moved[0], kernel]).first
    #expect(stays?.claim.owner == "the RAM disk" && stays?.nearest == 0x61B0_0000)
    // Above, it is found.
    let above = try claim(.initrd, "the RAM disk", 0x6800_0000, nil)
    #expect(plan.clashes(with: [kernel, above]).isEmpty)
  }

  @Test func theEndOfTheAddressesIsNotPassed() throws {
    let last = try range(Address(UInt64.max - 0x1000), 0x1000)
    let endless = ZImage.Unpacked(
      size: ByteCount(UInt64.max), cleared: 1, offset: 0x8000, heap: 0x1_0000)
    #expect(KernelUnpacking(zImage: last, unpacked: endless, memory: []) == nil)
    #expect(KernelUnpacking(zImage: last, unpacked: debian, memory: [try ram]) != nil)
  }
}
