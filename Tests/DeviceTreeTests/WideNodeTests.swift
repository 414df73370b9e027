import DeviceTree
import Testing

/// Nodes with more properties than any real one: found by another way, with the same answers.
@Suite struct WideNodeTests {
  @Test(arguments: [0, 100, 127, 128, 129, 5000])
  func knownPropertiesAreFound(others: Int) throws {
    var properties = (0..<others).map { Property(name: "p\($0)", value: [0, 0, 0, 1]) }
    properties.append(Property(name: "reg", value: [0, 0, 0, 42]))
    let root = Node(name: "", properties: properties)
    let tree = try #require(FlatTree.scanning(DeviceTree(root: root).encoded()).tree)
    #expect(tree.onlyCell(.root, .reg) == 42)
    #expect(tree.property(.root, .status) == nil)
    #expect(tree.property(.root, named: "reg") == tree.property(.root, .reg))
  }
}
