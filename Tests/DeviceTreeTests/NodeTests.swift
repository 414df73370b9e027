import DeviceTree
import Testing

@Suite struct NodeTests {
  let tree: DeviceTree

  init() throws {
    let blob = try DTC.compile(SampleSource.board)
    tree = try DeviceTree(parsing: blob.span.bytes)
  }

  @Test func findsNodesByPath() {
    #expect(tree.node(at: "/")?.name == "")
    #expect(tree.node(at: "/soc/serial@1c28400")?.unitAddress == "1c28400")
    #expect(tree.node(at: "/memory")?.name == "memory@40000000")
    #expect(tree.node(at: "/chosen")?.unitAddress == nil)
    #expect(tree.node(at: "/chosen")?.property("stdout-path")?.string == "serial0:115200n8")
  }

  @Test(arguments: ["/soc/serial", "/memory@0", "/memory@", "/cpus", "/chosen/stdout-path"])
  func doesNotGuess(path: String) {
    #expect(tree.node(at: path) == nil)
  }

  @Test func childTakesTheWholeName() {
    #expect(tree.root.child("memory") == nil)
    #expect(tree.root.child("memory@40000000")?.baseName == "memory")
  }

  @Test func setReplacesInPlaceOrAppends() {
    var node = Node(name: "n", properties: [.empty("a"), .empty("b")])
    node.set(.cells("a", [1]))
    node.set(.empty("c"))
    #expect(node.properties == [.cells("a", [1]), .empty("b"), .empty("c")])
    node.removeProperty("b")
    node.removeProperty("z")
    #expect(node.properties == [.cells("a", [1]), .empty("c")])
  }

  @Test func editsWhereTheNodeStands() {
    var tree = tree
    tree.edit("/memory") { $0.removeProperty("device_type") }
    tree.edit("/soc/serial@1c28000") { $0.set(.string("status", "okay")) }
    #expect(tree.root.children.map(\.name) == self.tree.root.children.map(\.name))
    #expect(tree.node(at: "/memory")?.properties.map(\.name) == ["reg"])
    #expect(tree.node(at: "/soc/serial@1c28000")?.property("status")?.string == "okay")
  }

  @Test func editMakesWhatIsMissing() {
    var tree = tree
    tree.edit("/chosen/modules/module@1") { $0.set(.empty("x")) }
    tree.edit("/soc/serial") { $0.set(.empty("new")) }
    #expect(tree.node(at: "/chosen/modules/module@1")?.properties == [.empty("x")])
    #expect(
      tree.node(at: "/soc")?.children.map(\.name) == ["serial@1c28000", "serial@1c28400", "serial"])
  }
}
