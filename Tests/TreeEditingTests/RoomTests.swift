import Diagnostics
import Testing
import TreeEditing

/// The room of a tree is what U-Boot would have, to the byte.
@Suite struct RoomTests {
  let base: [UInt8]

  init() throws { base = try Workbench.compile(Sample.base) }

  @Test func whatFitsIsCountedToTheByte() throws {
    // A property costs its three words, its value padded to words, and its name in the strings.
    let value = [UInt8](repeating: 0x61, count: 101)
    let cost = 12 + 104 + "new-name".utf8.count + 1
    var enough = try EditableTree(base, padding: cost)
    try enough.set("new-name", of: "/chosen", to: value)
    #expect(enough.usedSize == enough.totalSize)
    var scarce = try EditableTree(base, padding: cost - 1)
    #expect(
      throws: TreeEditError.libfdt(.noSpace, .set(node: "/chosen", property: "new-name"))
    ) { try scarce.set("new-name", of: "/chosen", to: value) }
    #expect(scarce.value(of: "new-name", in: "/chosen") == nil)
    #expect(try Workbench.decompile(scarce.bytes) == Workbench.decompile(base))
  }

  @Test func noSpaceIsToldWithTheWayOut() throws {
    var tree = try EditableTree(base)
    let error = #expect(throws: TreeEditError.self) { try tree.addNode("module@0", to: "/chosen") }
    #expect(error?.diagnostic.notes.first?.contains("FDT_ERR_NOSPACE") == true)
    #expect(error?.diagnostic.help?.contains("fdt resize") == true)
  }

  @Test func resizingEndsWithAPage() throws {
    var tree = try EditableTree(base)
    try tree.resize(by: 0x2000)
    #expect(tree.totalSize == (base.count + 80 + 0x2000 + 0xFFF) & ~0xFFF)
    // Less is as good as more: the size is counted anew.
    try tree.resize(by: 0)
    #expect(tree.totalSize == (base.count + 80 + 0xFFF) & ~0xFFF)
    #expect(try Workbench.decompile(tree.bytes) == Workbench.decompile(base))
  }

  @Test func pagesAreThoseOfMemory() throws {
    var tree = try EditableTree(base)
    try tree.resize(by: 0, loadedAt: 0x4300_0F00)
    #expect((0x4300_0F00 + tree.totalSize) % 0x1000 == 0)
    #expect(tree.totalSize >= base.count + 80)
  }

  @Test func aReservationOfTheTreeItselfGrowsWithIt() throws {
    var tree = try EditableTree(base)
    try tree.resize(by: 0x100, loadedAt: 0x4300_0000)
    let size = String(tree.totalSize, radix: 16)
    let padded = String(repeating: "0", count: 16 - size.count) + size
    #expect(
      try Workbench.decompile(tree.bytes).contains("/memreserve/\t0x0000000043000000 0x\(padded);"))
  }

  @Test func moreThanIsEditedIsRefused() throws {
    var tree = try EditableTree(base)
    #expect(throws: TreeEditError.self) { try tree.resize(by: .max) }
    #expect(throws: TreeEditError.self) { try tree.resize(by: EditableTree.largest) }
    #expect(throws: TreeEditError.self) { _ = try EditableTree(base, padding: .max) }
    try tree.resize(by: -5)
    #expect(try Workbench.decompile(tree.bytes) == Workbench.decompile(base))
  }
}
