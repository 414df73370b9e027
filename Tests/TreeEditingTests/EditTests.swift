import DeviceTree
import Diagnostics
import Testing
import TreeEditing

/// Edits as U-Boot's `fdt` makes them.
@Suite struct EditTests {
  let base: [UInt8]

  init() throws { base = try Workbench.compile(Sample.base) }

  @Test func nodesAndPropertiesComeAndGo() throws {
    var tree = try EditableTree(base, padding: 0x3000)
    try tree.addNode("module@42000000", to: "/chosen")
    try tree.set("reg", of: "/chosen/module@42000000", to: [0x42, 0, 0, 0, 0, 0x40, 0, 0])
    try tree.set("bootargs", of: "/chosen", to: Array("console=dtuart\0".utf8))
    try tree.removeProperty("model", of: "/")
    try tree.removeNode("/soc/clock@1c20000")
    let source = try Workbench.decompile(tree.bytes)
    #expect(source.contains("module@42000000 {\n\t\t\treg = <0x42000000 0x400000>;"))
    #expect(source.contains("bootargs = \"console=dtuart\";"))
    #expect(!source.contains("model ="))
    #expect(!source.contains("clock@1c20000 {"))
  }

  @Test func aPathMayBeginWithAnAlias() throws {
    var tree = try EditableTree(base, padding: 0x3000)
    try tree.set("status", of: "serial0", to: Array("okay\0".utf8))
    #expect(tree.value(of: "status", in: "/soc/serial@1c28000") == Array("okay\0".utf8))
    // As in libfdt, a step without unit address is the first child of that name.
    #expect(tree.value(of: "status", in: "/soc/serial") == Array("okay\0".utf8))
  }

  @Test(arguments: ["loop", "open", "nothing", "", "serial0/none"])
  func anAliasThatLeadsNowhereIsAnError(path: String) throws {
    var tree = try EditableTree(base, padding: 0x3000)
    let code: LibFDTCode = path.contains("/") ? .notFound : .badPath
    #expect(throws: TreeEditError.libfdt(code, .removeNode(path))) { try tree.removeNode(path) }
    #expect(tree.value(of: "status", in: path) == nil)
  }

  @Test func whatIsWrongIsSaidWithLibfdtsNameForIt() throws {
    var tree = try EditableTree(base, padding: 0x3000)
    let error = #expect(throws: TreeEditError.self) { try tree.addNode("chosen", to: "/") }
    #expect(error == .libfdt(.exists, .addNode("/chosen")))
    #expect(error?.diagnostic.message == "the node /chosen cannot be added: it is there already")
    #expect(
      error?.diagnostic.notes
        == ["libfdt's fdt_add_subnode says FDT_ERR_EXISTS, and U-Boot prints that"])
    #expect(throws: TreeEditError.libfdt(.notFound, .removeNode("/none"))) {
      try tree.removeNode("/none")
    }
    #expect(
      throws: TreeEditError.libfdt(.notFound, .removeProperty(node: "/", property: "none"))
    ) { try tree.removeProperty("none", of: "/") }
  }

  @Test(arguments: ["", "a/b", "a\u{0}b", "a\nb", String(repeating: "x", count: 256)])
  func aNameThatNoReaderTakesIsNotWritten(name: String) throws {
    var tree = try EditableTree(base, padding: 0x3000)
    #expect(throws: TreeEditError.invalidName(name)) { try tree.addNode(name, to: "/") }
  }

  @Test func packingTakesTheRoomAway() throws {
    var tree = try EditableTree(base, padding: 0x3000)
    #expect(tree.totalSize == base.count + 0x3000)
    #expect(tree.usedSize == base.count)
    try tree.pack()
    #expect(tree.bytes == base)
    #expect(throws: TreeEditError.libfdt(.noSpace, .addNode("/more"))) {
      try tree.addNode("more", to: "/")
    }
  }

  @Test func whatOurReaderRefusesLibfdtNeverSees() throws {
    var broken = base
    broken.replaceSubrange(4..<8, with: [0x7F, 0xFF, 0xFF, 0xFF])
    #expect(
      throws: TreeEditError.unreadable(.totalSizeBeyondBytes(0x7FFF_FFFF, available: base.count))
    ) { _ = try EditableTree(broken) }
    #expect(throws: TreeEditError.unreadable(.tooShort(count: 0))) { _ = try EditableTree([]) }
  }
}
