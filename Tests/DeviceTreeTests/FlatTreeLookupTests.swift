import DeviceTree
import Testing

/// Nodes and properties are found by name, however many there are.
@Suite struct FlatTreeLookupTests {
  private func tree(_ root: Node) throws -> FlatTree {
    try #require(FlatTree.scanning(DeviceTree(root: root).encoded()).tree)
  }

  private func child(_ tree: FlatTree, _ node: NodeID, _ name: String) -> String? {
    tree.child(node, named: Array(name.utf8)[...]).map(tree.path)
  }

  @Test func aChildIsFoundByItsWholeName() throws {
    let tree = try tree(
      Node(
        name: "",
        children: [
          Node(name: "soc", children: [Node(name: "uart@1"), Node(name: "soc")]),
          Node(name: "uart@1"),
        ]))
    let soc = try #require(tree.child(.root, "soc"))
    #expect(child(tree, .root, "soc") == "/soc")
    #expect(child(tree, soc, "soc") == "/soc/soc")
    #expect(child(tree, soc, "uart@1") == "/soc/uart@1")
    #expect(child(tree, soc, "uart") == nil)
    #expect(child(tree, .root, "") == nil)
  }

  @Test func ofNamesakesTheFirstIsFound() throws {
    let scan = FlatTree.scanning(
      DeviceTree(
        root: Node(
          name: "",
          children: [
            Node(name: "a", properties: [.cells("reg", [1])]),
            Node(name: "a", properties: [.cells("reg", [2])]),
          ])
      ).encoded())
    let tree = try #require(scan.tree)
    let found = try #require(tree.child(.root, named: Array("a".utf8)[...]))
    #expect(tree.onlyCell(found, .reg) == 1)
    #expect(scan.faults.count == 1)
  }

  @Test(arguments: [3, 64, 65, 500])
  func aPropertyIsFoundAmongAny(count: Int) throws {
    var root = Node(name: "", properties: (2..<count).map { .cells("filler-\($0)", [0]) })
    root.properties.append(.cells("reg", [7]))
    root.properties.append(.cells("ranges", [8]))
    root.children = [Node(name: "inner", properties: [.cells("status", [9])])]
    let tree = try tree(root)
    #expect(tree.onlyCell(.root, .reg) == 7)
    #expect(tree.onlyCell(.root, .ranges) == 8)
    #expect(!tree.has(.root, .status))
  }

  @Test func ofTwoPropertiesInACrowdTheFirstIsFound() throws {
    let filler = (0..<100).map { Property.cells("filler-\($0)", [0]) }
    let root = Node(name: "", properties: [.cells("reg", [1])] + filler + [.cells("reg", [2])])
    let tree = try tree(root)
    #expect(tree.onlyCell(.root, .reg) == 1)
  }
}
