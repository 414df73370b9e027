import DeviceTree

/// What leads from one node to another, as dtc sees it.
extension LintContext {
  /// Whether dtc takes the blob for an overlay, whose phandles and paths may lead to the tree below.
  ///
  /// Source: dtc flattree.c, `dt_from_blob`, since 1.8.0.
  func findIsPlugin() -> Bool {
    tree.child(.root, "__fixups__") != nil || tree.child(.root, "__local_fixups__") != nil
  }

  /// Whether the node is one end of a connection between devices.
  func isGraphEndpoint(_ node: NodeID) -> Bool {
    tree.baseNameIs(node, "endpoint") || tree.has(node, .remoteEndpoint)
  }

  /// The nodes that hold an endpoint, in file order; the root is none.
  ///
  /// Source: dtc checks.c, `check_graph_nodes`.
  func findGraphPorts() -> [NodeID] {
    var isPort = [Bool](repeating: false, count: tree.nodeCount)
    func add(_ endpoint: NodeID) {
      if let port = tree.parent(endpoint), port != .root { isPort[Int(port.index)] = true }
    }
    for node in tree.allNodes where tree.baseNameIs(node, "endpoint") { add(node) }
    if tree.names.contains(where: { $0.known == .remoteEndpoint }) {
      for index in 0..<tree.propertyCount {
        let property = PropertyID(index)
        if tree.known(property) == .remoteEndpoint { add(tree.node(of: property)) }
      }
    }
    return tree.allNodes.filter { isPort[Int($0.index)] }
  }

  /// The node at a path, as dtc walks it: a slash too many between two names does not matter, nor
  /// one at the start too few, and one at the end only where another stands before it.
  ///
  /// Source: dtc livetree.c, `get_node_by_path`.
  func dtcNode(atPath path: ArraySlice<UInt8>) -> NodeID? {
    let slash = UInt8(ascii: "/")
    var (node, rest) = (NodeID.root, path)
    while !rest.isEmpty {
      rest = rest.drop { $0 == slash }
      let name = rest.prefix { $0 != slash }
      guard let child = tree.child(node, named: name) else { return nil }
      node = child
      rest = rest[name.endIndex...].dropFirst()
    }
    return node
  }
}
