/// The known properties of nodes that have very many. Elsewhere it is quickest to look at each, but
/// a file may give one node all the properties that it has room for, and then ask for one of them
/// as often again: as the parent of many nodes, or by many phandles.
@usableFromInline struct CrowdedNodes: Sendable {
  /// As many properties as a node may have before it counts as crowded; of real trees only nodes
  /// like `__symbols__` have more.
  @usableFromInline static let most: Int32 = 64

  private struct Key: Hashable {
    let node: Int32
    let name: KnownName
  }

  /// The first of its name, where a faulty tree has two.
  private var found: [Key: PropertyID] = [:]

  init(_ nodes: [NodeRecord], _ properties: [PropertyRecord]) {
    for (number, node) in nodes.enumerated() where node.propertyCount > Self.most {
      let first = Int(node.firstProperty)
      for index in first..<first + Int(node.propertyCount) {
        guard let name = properties[index].known else { continue }
        let key = Key(node: Int32(truncatingIfNeeded: number), name: name)
        if found[key] == nil { found[key] = PropertyID(index) }
      }
    }
  }

  func property(_ node: NodeID, _ name: KnownName) -> PropertyID? {
    found[Key(node: node.index, name: name)]
  }
}
