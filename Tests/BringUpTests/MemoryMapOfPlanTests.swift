import BootImages
import BringUp
import Diagnostics
import Measures
import MemoryPlanner
import Testing

/// The map of a plan: all that has a claim, who says so, and what Xen and dom0 make of it.
@Suite struct MemoryMapOfPlanTests {
  private static func line(_ claim: Claim) -> String {
    let file = claim.source.map { $0.file.split(separator: "/").last.map(String.init) ?? "" }
    return "\(claim.stage.rawValue) \(claim.kind.rawValue) \(claim.range.start)"
      + " \(file.map { "\($0):\(claim.source?.line ?? 0)" } ?? "-")"
  }

  @Test func everyClaimOfTheSmallBoard() throws {
    let map = try SmallInputs().plan().memoryMap()
    #expect(map.clashes.isEmpty)
    #expect(
      map.claims.map(Self.line).joined(separator: "\n") == """
        loading secure 0x00020000 a20.yaml:187
        loading xen 0x42000000 a20.yaml:39
        loading tree 0x43000000 a20.yaml:40
        loading script 0x43100000 a20.yaml:41
        loading kernel 0x44000000 a20.yaml:42
        loading initrd 0x46000000 a20.yaml:43
        loading tree 0x49ff8000 a20.yaml:49
        loading bootloader 0x4a000000 a20.yaml:31
        loading bootloader 0x78000000 a20.yaml:31
        xen frame-table 0x7c000000 -
        xen xen-heap 0x7e000000 -
        dom0 dom0 0x50000000 -
        dom0 kernel 0x57e00000 -
        dom0 tree 0x58000000 -
        dom0 initrd 0x58200000 -
        """)
  }

  @Test func regionsAreRAMAndSRAMAndRegisters() throws {
    let map = try SmallInputs().plan().memoryMap()
    let ram = map.regions.filter { $0.kind == .ram }
    #expect(ram.map(\.range.start) == [0x4000_0000])
    #expect(map.regions.filter { $0.kind == .sram }.count == 7)
    let mmc = try #require(map.regions.first { $0.name == "mmc0" })
    #expect(mmc.range.start == 0x01C0_F000)
    #expect(mmc.source?.line ?? 0 > 0)
    #expect(map.claims(in: ram[0]).count == 14)
  }

  /// Up to 4.5, dom0's grant table is a place of the SoC's.
  @Test func oldGrantTablesStandInTheMap() throws {
    let map = try SmallInputs(
      xenVersion: .init(major: 4, minor: 4), xenSize: 4096, dom0Memory: .mebibytes(256)
    ).plan().memoryMap()
    let table = try #require(map.claims.first { $0.kind == .grantTable })
    #expect(table.range.start == 0x01D0_0000)
    #expect(table.stage == .xen)
    #expect(table.source?.file.hasSuffix("a20.yaml") == true)
  }

  /// What fits no variant, one of them, or any.
  @Test func eachVariantIsJudged() throws {
    let placements = try SmallInputs(
      board: "cubietruck", builtFor: "sun7i-a20-cubietruck", dom0Memory: .gibibytes(1)
    ).plan().dom0Placements()
    #expect(placements.map(\.variant) == [.gibibytes(1), .gibibytes(2)])
    #expect(placements.map(\.1.word) == ["cannot fit", "determined"])
    #expect(placements.map { $0.sizes.contains(.mebibytes(512)) } == [true, true])
  }
}
