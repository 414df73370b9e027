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
    #expect(
      throws: PlacementError.misaligned(
        request("the tree", 0x4300_0004, 8, alignment: 8), nearest: 0x4300_0000)
    ) {
      try MemoryPlan(
        memory: memory, fixed: [],
        requests: [request("the tree", 0x4300_0004, 8, alignment: 8)])
    }
  }

  /// What somebody else places is never told to move.
  @Test func aGivenAddressIsNotOursToChange() throws {
    let script = PlacementRequest(
      owner: "the script", address: 0x7E00_0000, size: 4096, alignment: 4, reason: "its file",
      setting: .given(by: "U-Boot", instead: "use another"))
    let error = #expect(throws: PlacementError.self) {
      try MemoryPlan(memory: memory, fixed: [uboot], requests: [script])
    }
    let diagnostic = try #require(error).diagnostic
    #expect(diagnostic.message == "the script overlaps U-Boot in memory")
    #expect(diagnostic.notes.first == "the script: 0x7e000000..0x7e000fff (4 KiB), its file")
    #expect(diagnostic.help == "it is put there by U-Boot: use another")

    let outside = #expect(throws: PlacementError.self) {
      try MemoryPlan(
        memory: memory, fixed: [],
        requests: [
          PlacementRequest(
            owner: "the script", address: 0x8000_0000, size: 4096, alignment: 4,
            reason: "its file", setting: .given(by: "U-Boot", instead: "use another"))
        ])
    }
    #expect(outside?.diagnostic.help == "it is put there by U-Boot: use another")
  }

  /// What has no address gets one, beside all that has; the same every time.
  @Test func whatHasNoAddressFindsItsPlace() throws {
    func anywhere(_ owner: String, _ size: ByteCount, _ alignment: UInt64) -> PlacementRequest {
      PlacementRequest(
        owner: owner, address: nil, size: size, alignment: alignment, reason: "its file")
    }
    for _ in 0..<3 {
      let plan = try MemoryPlan(
        memory: memory, fixed: [uboot],
        requests: [
          anywhere("the initrd", .mebibytes(3), 4096), anywhere("the kernel", 0x53_2200, 4096),
          request("the script", 0x4050_0000, 0x1000), anywhere("Xen", 0x11_6290, 1 << 21),
        ])
      #expect(
        plan.claims.map { "\($0.owner) \($0.range.start)" } == [
          "the initrd 0x40000000", "the script 0x40500000", "the kernel 0x40501000",
          "Xen 0x40c00000", "U-Boot 0x7e000000",
        ])
      #expect(plan.address(of: "Xen") == 0x40C0_0000)
    }
  }

  /// That there is no place is said only where every one was tried.
  @Test func noPlaceIsNotNotFound() throws {
    let half = try #require(AddressRange(start: 0x4000_0000, size: .mebibytes(64)))
    let other = try #require(AddressRange(start: 0x4400_0000, size: .mebibytes(1)))
    let wall = Claim(owner: "the wall", range: other, reason: "it stands there")
    let memory = try #require(AddressRange(start: half.start, size: .mebibytes(129)))
    func large(_ count: Int) -> [PlacementRequest] {
      (0..<count).map { index in
        PlacementRequest(
          owner: "module \(index)", address: nil, size: ByteCount(33 << 20 + UInt64(index)),
          alignment: 4096, reason: "its file")
      }
    }
    let impossible = #expect(throws: PlacementError.self) {
      try MemoryPlan(memory: memory, fixed: [wall], requests: large(3))
    }
    #expect(
      impossible?.diagnostic.message
        == "the gaps in the board's memory do not hold module 0, module 1 and module 2")
    let unknown = #expect(throws: PlacementError.self) {
      try MemoryPlan(memory: memory, fixed: [wall], requests: large(3), limit: 2)
    }
    #expect(
      unknown?.diagnostic.message
        == "no place for module 0, module 1 and module 2 was found within 2 steps")
    #expect(unknown?.diagnostic.notes.last == "there may be one: not every way was tried")
    #expect(throws: PlacementError.tooMany(33, limit: 32)) {
      try MemoryPlan(memory: memory, fixed: [wall], requests: large(33))
    }
  }

  /// 17 modules of more than half a gap each and 15 small ones, for 16 gaps: by volume they might fit.
  @Test func theSearchStopsAtItsLimit() throws {
    let gap: UInt64 = 64 << 20
    let all = try #require(AddressRange(start: 0x4000_0000, size: ByteCount(32 * gap)))
    let walls = try (0..<16).map { index in
      Claim(
        owner: "wall \(index)",
        range: try #require(
          AddressRange(
            start: Address(0x4000_0000 + gap + UInt64(index) * 2 * gap), size: ByteCount(gap))),
        reason: "it stands there")
    }
    let modules = (0..<32).map { index in
      PlacementRequest(
        owner: "module \(index)", address: nil,
        size: ByteCount((index < 17 ? 33 : 1) << 20 + UInt64(index) * 4096), alignment: 4096,
        reason: "its file", setting: .load("module \(index)"))
    }
    let error = #expect(throws: PlacementError.notFound(modules, within: MemoryPlan.searchLimit)) {
      try MemoryPlan(memory: all, fixed: walls, requests: modules)
    }
    #expect(
      error?.diagnostic.help
        == "give the largest of them an address: `load: { module 16: ADDRESS }` in the project file"
    )
  }

  /// For a drawing, all clashes count, and each says where the nearest room is.
  @Test func aSurveyTellsOfEveryClash() throws {
    let survey = MemorySurvey(
      memory: [memory], fixed: [uboot],
      requests: [
        request("Xen", 0x4200_0000, 0x11_6290), request("the kernel", 0x4210_0000, .mebibytes(6)),
        request("the initrd", 0x7DF0_0000, .mebibytes(4)),
        request("the tree", 0x3FFF_F000, 0x4000),
      ])
    #expect(
      survey.clashes.map(\.message) == [
        "the kernel overlaps Xen in memory", "the initrd overlaps U-Boot in memory",
        "the tree does not fit into the board's memory at 0x3ffff000",
      ])
    #expect(survey.clashes.map(\.nearest) == [0x4220_0000, 0x7DC0_0000, 0x4000_0000])
    #expect(survey.clashes.last?.range == AddressRange(start: 0x3FFF_F000, end: 0x4000_0000))
  }
}
