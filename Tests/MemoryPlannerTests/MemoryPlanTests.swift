import Diagnostics
import Measures
import MemoryPlanner
import Testing

@Suite struct MemoryPlanTests {
  let memory: AddressRange
  let uboot: Claim

  init() throws {
    memory = try #require(AddressRange(start: 0x4000_0000, size: .gibibytes(1)))
    let top = try #require(AddressRange(start: 0x7E00_0000, size: .mebibytes(32)))
    uboot = Claim(owner: "U-Boot", range: top, reason: "it moves itself to the top of memory")
  }

  func request(
    _ owner: String, _ address: Address, _ size: ByteCount, alignment: UInt64 = 4096
  ) -> PlacementRequest {
    PlacementRequest(
      owner: owner, address: address, size: size, alignment: alignment, reason: "its file")
  }

  @Test func neighboursMayTouch() throws {
    let plan = try MemoryPlan(
      memory: memory, fixed: [uboot],
      requests: [
        request("the kernel", 0x4400_0000, .mebibytes(32)),
        request("the initrd", 0x4600_0000, .mebibytes(1)),
        request("Xen", 0x4200_0000, 0x11_6290),
      ])
    #expect(plan.claims.map(\.owner) == ["Xen", "the kernel", "the initrd", "U-Boot"])
  }

  @Test func aClashNamesBothOwnersAndAFreeAddress() throws {
    let error = #expect(throws: PlacementError.self) {
      try MemoryPlan(
        memory: memory, fixed: [uboot],
        requests: [
          request("the kernel", 0x4400_0000, .mebibytes(40)),
          request("the initrd", 0x4600_0000, .mebibytes(1)),
        ])
    }
    let diagnostic = try #require(error).diagnostic
    #expect(diagnostic.message == "the initrd overlaps the kernel in memory")
    #expect(diagnostic.notes.first?.contains("0x46000000..0x460fffff (1 MiB)") == true)
    #expect(diagnostic.help?.contains("0x46800000") == true)
  }

  @Test func theBootloaderIsNotRunOver() {
    #expect(throws: PlacementError.self) {
      try MemoryPlan(
        memory: memory, fixed: [uboot],
        requests: [request("the initrd", 0x7D80_0000, .mebibytes(16))])
    }
  }

  @Test(arguments: [
    (Address(0x3FFF_F000), ByteCount(8192)), (Address(0x7FFF_F000), ByteCount(8192)),
    (Address(0x4000_0000), ByteCount(UInt64.max)),
    (Address(0xFFFF_FFFF_FFFF_F000), ByteCount(8192)),
  ])
  func nothingLiesOutsideMemory(address: Address, size: ByteCount) {
    let error = #expect(throws: PlacementError.self) {
      try MemoryPlan(
        memory: memory, fixed: [], requests: [request("the tree", address, size)])
    }
    #expect(error?.diagnostic.message.hasPrefix("the tree does not fit") == true)
  }

  @Test func addressesAreAligned() {
    #expect(throws: PlacementError.misaligned(request("the tree", 0x4300_0004, 8, alignment: 8))) {
      try MemoryPlan(
        memory: memory, fixed: [],
        requests: [request("the tree", 0x4300_0004, 8, alignment: 8)])
    }
  }

  /// What somebody else places is never told to move.
  @Test func aGivenAddressIsNotOursToChange() throws {
    let script = PlacementRequest(
      owner: "the script", address: 0x7E00_0000, size: 4096, alignment: 4, reason: "its file",
      givenBy: "U-Boot")
    let error = #expect(throws: PlacementError.self) {
      try MemoryPlan(memory: memory, fixed: [uboot], requests: [script])
    }
    let diagnostic = try #require(error).diagnostic
    #expect(diagnostic.message == "the script overlaps U-Boot in memory")
    #expect(diagnostic.notes.first == "the script: 0x7e000000..0x7e000fff (4 KiB), its file")
    #expect(diagnostic.help?.hasPrefix("it is put there by U-Boot: ") == true)

    let outside = #expect(throws: PlacementError.self) {
      try MemoryPlan(
        memory: memory, fixed: [],
        requests: [
          PlacementRequest(
            owner: "the script", address: 0x8000_0000, size: 4096, alignment: 4,
            reason: "its file", givenBy: "U-Boot")
        ])
    }
    #expect(outside?.diagnostic.help?.hasPrefix("it is put there by U-Boot: ") == true)
  }
}
