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

  /// Far more names than there is room for at first.
  @Test(arguments: [1, 255, 256, 257, 3000])
  func aNameIsFoundAmongAny(count: Int) throws {
    let tree = try tree(
      Node(name: "", properties: (0..<count).map { .cells("name-\($0)", [0]) }))
    #expect(tree.names.count == count)
    for number in [0, count / 2, count - 1] {
      let name = "name-\(number)"
      let found = try #require(tree.nameIndex(spelled: Array(name.utf8)[...]))
      #expect(tree.text(tree.names[found].range) == name)
    }
    for name in ["", "name-", "name-\(count)"] {
      #expect(tree.nameIndex(spelled: Array(name.utf8)[...]) == nil)
    }
  }

  @Test func aKnownNameHasItsPlaceAmongAll() throws {
    let tree = try tree(
      Node(name: "", properties: [.cells("reg", [0]), .cells("regs", [0]), .cells("status", [0])]))
    #expect(tree.names.map(\.known) == [.reg, nil, .status])
    let places = tree.names.map(\.knownNumber)
    #expect(places[1] == -1)
    #expect(KnownName.allCases[places[0]] == .reg)
    #expect(KnownName.allCases[places[2]] == .status)
  }

  /// Who looks for odd letters need not look at plain names.
  @Test func namesOfUsualLettersArePlain() throws {
    let names = ["cpu@0,1", "a_B.c+d-9", "at@b@c", "hash#", "star*", "umlaut-\u{E4}", "blank here"]
    let tree = try tree(
      Node(
        name: "", properties: names.map { .cells($0, [0]) }, children: names.map { Node(name: $0) })
    )
    #expect(
      tree.children(.root).map { tree.hasPlainName($0) } == [
        true, true, true, false, false, false, false,
      ])
    #expect(tree.names.map(\.isPlain) == [false, true, false, true, true, false, false])
    #expect(tree.children(.root).map { tree.baseName($0) }[...2] == ["cpu", "a_B.c+d-9", "at"])
  }

  @Test func theFirstOfSomeTextsIsFound() throws {
    let tree = try tree(
      Node(
        name: "",
        properties: [
          Property(name: "compatible", value: Array("one\0two,x\0three\0four".utf8))
        ]))
    let property = try #require(tree.property(.root, .compatible))
    #expect(tree.firstListed(property, among: ["three", "two,x"]) == 1)
    #expect(tree.firstListed(property, among: ["tw", "two,", "hree", "three"]) == 3)
    // Without its zero byte it is no text.
    #expect(tree.firstListed(property, among: ["four"]) == nil)
    #expect(tree.firstListed(property, among: []) == nil)
  }

  /// One or two cells are read at once, more of them one by one.
  @Test(
    arguments: [
      (0, 0, 0), (1, 0, 1), (2, 0, 0x1_0000_0002), (1, 3, 0), (2, 2, 0x3_0000_0000), (3, 3, nil),
      (1, 5, nil), (2, 4, nil), (2, -1, nil), (1, -1, nil), (3, 0, nil), (3, 2, nil),
      (2, .max, nil),
    ] as [(cells: Int, index: Int, number: UInt64?)])
  func cellsMakeNumbers(cells: Int, index: Int, number: UInt64?) throws {
    let tree = try tree(Node(name: "", properties: [.cells("reg", [1, 2, 3, 0, 5])]))
    let property = try #require(tree.property(.root, .reg))
    #expect(tree.number(property, at: index, cells: cells) == number)
  }

  @Test func pathsAreWholeNames() throws {
    let tree = try tree(
      Node(
        name: "", children: [Node(name: "soc", children: [Node(name: "uart@1")]), Node(name: "x")]))
    #expect(tree.allNodes.map { tree.path($0) } == ["/", "/soc", "/soc/uart@1", "/x"])
  }
}
