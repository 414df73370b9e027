import DeviceTree
import Measures
import Testing

@Suite struct MemoryTests {
  private func tree(_ body: String) throws -> DeviceTree {
    let blob = try DTC.compile("/dts-v1/; / { \(body) };")
    return try DeviceTree(parsing: blob.span.bytes)
  }

  /// As a listing: one `path range` to a line.
  private func listing(_ regions: [MemoryRegion]) -> [String] {
    regions.map { "\($0.path) \($0.range)" }
  }

  @Test func readsReservations() throws {
    let blob = try DTC.compile(SampleSource.board)
    let tree = try DeviceTree(parsing: blob.span.bytes)
    #expect(
      listing(try tree.reservedMemory()) == [
        "/reserved-memory/secmon@be000000 0xbe000000..0xbe1fffff"
      ])
  }

  @Test func countsTwoAndOneWhereNothingIsSaid() throws {
    let tree = try tree("reserved-memory { firmware { reg = <1 0x80000000 0x1000>; }; };")
    #expect(tree.root.child("reserved-memory")?.addressCells == nil)
    #expect(
      listing(try tree.reservedMemory()) == ["/reserved-memory/firmware 0x180000000..0x180000fff"])
  }

  @Test func leavesOutEmptyRanges() throws {
    let tree = try tree("reserved-memory { a { reg = <0 0 0>; }; b { size = <1>; }; };")
    #expect(try tree.reservedMemory().isEmpty)
  }

  @Test(arguments: [
    ("one cell short", "reg = <0 0x1000>;"),
    ("not even cells", "reg = [00 01 02];"),
    ("past the last address", "reg = <0xffffffff 0xffffffff 2>;"),
  ])
  func aRangeIsNeverLostInSilence(fault: String, reg: String) throws {
    let tree = try tree("reserved-memory { firmware { \(reg) }; };")
    #expect(
      throws: DeviceTreeError.unreadableReg(
        path: "/reserved-memory/firmware", addressCells: 2, sizeCells: 1)
    ) { try tree.reservedMemory() }
  }

  @Test(arguments: [(0, 1), (3, 1), (1, 3), (1, -1), (-1, 1), (Int.max, Int.max), (2, 2)])
  func refusesCellCountsThatCannotBe(addressCells: Int, sizeCells: Int) {
    let node = Node(name: "n", properties: [.cells("reg", [1, 2, 3, 4, 5, 6])])
    #expect(node.reg(addressCells: addressCells, sizeCells: sizeCells) == nil)
  }

  @Test func sizesMayBeAbsent() {
    let cpu = Node(name: "cpu@1", properties: [.cells("reg", [1])])
    #expect(cpu.reg(addressCells: 1, sizeCells: 0) == [RegEntry(address: 1, size: 0)])
    #expect(Node(name: "n").reg(addressCells: 1, sizeCells: 1) == nil)
  }
}
