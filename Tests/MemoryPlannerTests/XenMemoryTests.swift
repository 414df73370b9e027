import BootImages
import Measures
import Testing

@testable import MemoryPlanner

/// What each release of Xen makes of RAM.
@Suite struct XenMemoryTests {
  static func range(_ start: UInt64, _ size: ByteCount) throws -> AddressRange {
    try #require(AddressRange(start: Address(start), size: size))
  }

  static func memory(_ minor: Int, _ banks: [AddressRange]) throws -> XenMemory? {
    XenMemory(
      XenSetup(
        version: XenVersion(major: 4, minor: minor), banks: banks,
        xen: try range(0x4200_0000, 0x11_6290), tree: try range(0x49FF_0000, 0x8000),
        modules: [try range(0x4400_0000, 0x53_2200), try range(0x4600_0000, 0xD_7F2C)]))
  }

  /// As the consoles of QEMU's boots showed, by what they left free.
  @Test(arguments: [
    (UInt64(512), UInt64(0x5E00_0000), UInt64(0x5C00_0000), UInt64(4)),
    (1024, 0x7E00_0000, 0x7C00_0000, 8), (1536, 0x9C00_0000, 0x9A00_0000, 12),
    (2048, 0xBC00_0000, 0xBA00_0000, 16),
  ])
  func heapAndFrameTable(size: UInt64, heap: UInt64, table: UInt64, mebibytes: UInt64) throws {
    let memory = try #require(
      try Self.memory(17, [try Self.range(0x4000_0000, .mebibytes(size))]))
    #expect(memory.heap?.start == Address(heap))
    #expect(memory.frameTable == (try Self.range(table, .mebibytes(mebibytes))))
  }

  /// What is left for domains while they are built: without Xen, its heap and table, and the files.
  @Test func whatIsLeftForDomains() throws {
    let bank = try Self.range(0x4000_0000, .gibibytes(1))
    func setup(_ bank: AddressRange) throws -> XenSetup {
      XenSetup(
        version: XenVersion(major: 4, minor: 17), banks: [bank],
        xen: try Self.range(0x4200_0000, .mebibytes(1)),
        tree: try Self.range(0x49F0_0000, .mebibytes(1)),
        // Two that share a MiB, which counts once.
        modules: [
          try Self.range(0x4400_0000, .mebibytes(6)), try Self.range(0x4450_0000, .mebibytes(2)),
        ])
    }
    let whole = try setup(bank)
    #expect(
      try #require(XenMemory(whole)).left(beside: whole) == .mebibytes(1024 - 1 - 1 - 7 - 32 - 8))
    // Where Xen finds no room for itself, nothing is left for others.
    let small = try setup(try Self.range(0x4200_0000, .mebibytes(24)))
    #expect(try #require(XenMemory(small)).left(beside: small) == 0)
  }

  /// 4 GiB of RAM cost 32 MiB of frame table on 32-bit ARM (the log of 2013).
  @Test func fourGibibytesCostThirtyTwoMebibytes() throws {
    let bank = try Self.range(0x4000_0000, .gibibytes(4))
    #expect(try Self.memory(4, [bank])?.frameTable?.size == .mebibytes(32))
    #expect(try Self.memory(17, [bank])?.frameTable?.size == .mebibytes(32))
    // What is rounded up to 32 MiB by old releases is not by newer ones.
    let small = try Self.range(0x4000_0000, .gibibytes(1))
    #expect(try Self.memory(6, [small])?.frameTable?.size == .mebibytes(32))
    #expect(try Self.memory(7, [small])?.frameTable?.size == .mebibytes(8))
  }

  /// 4.3 uses the first bank; 4.4 takes distant ones while half of the span is RAM.
  @Test func banksByRelease() throws {
    let first = try Self.range(0x4000_0000, .gibibytes(1))
    let near = try Self.range(0x9000_0000, .gibibytes(1))
    let far = try Self.range(0x2_0000_0000, .gibibytes(1))
    let banks = [first, near, far]
    func used(_ minor: Int) throws -> [AddressRange]? { try Self.memory(minor, banks)?.banks }
    #expect(try used(3) == [first])
    #expect(try used(4) == [first, near])
    #expect(try used(5) == banks)
    #expect(try used(17) == banks)
    #expect(try Self.memory(4, banks)?.unused == [far])
    // One that fails takes all behind it along.
    #expect(try Self.memory(4, [first, far, near])?.banks == [first])
  }

  /// The hole between distant banks costs nothing where its bit of an address can be left out.
  @Test func holesAreLeftOutOfTheFrameTable() throws {
    let first = try Self.range(0, .gibibytes(1))
    let far = try Self.range(0x2_0000_0000, .gibibytes(1))
    let span = try Self.range(0, .gibibytes(9))
    #expect(PageHole(in: [first, far]).pages(of: span) == 0x8_0000)
    let near = try Self.range(0x4000_0000, .gibibytes(2))
    #expect(PageHole(in: [near]).pages(of: near) == 0x8_0000)
  }

  /// The heap goes where nothing is loaded: the highest gap that is large enough.
  @Test func theHeapMakesWay() throws {
    let setup = XenSetup(
      version: XenVersion(major: 4, minor: 17),
      banks: [try Self.range(0x4000_0000, .gibibytes(1))],
      xen: try Self.range(0x7800_0000, 0x11_6290), tree: try Self.range(0x7B20_0000, 0x8000),
      modules: [try Self.range(0x7900_0000, 0x53_2200), try Self.range(0x7C00_0000, 0xD_7F2C)])
    #expect(XenMemory(setup)?.heap?.start == 0x7E00_0000)
    let full = XenSetup(
      version: setup.version, banks: setup.banks, xen: setup.xen, tree: setup.tree,
      modules: [
        try Self.range(0x4000_0000, .mebibytes(0x370)), try Self.range(0x7C00_0000, .mebibytes(64)),
      ])
    #expect(XenMemory(full)?.heap == nil)
  }

  @Test func unknownReleasesAreNotGuessedAt() throws {
    let bank = try Self.range(0x4000_0000, .gibibytes(1))
    #expect(try Self.memory(2, [bank]) == nil)
    #expect(try Self.memory(21, [bank]) == nil)
  }
}
