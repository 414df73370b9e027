/// From offsets back to what stands there.
extension FlatTree {
  /// The node whose name, or the property whose head or value, has the byte at `offset`; nil where
  /// that belongs to neither.
  public func place(at offset: Int) -> (node: NodeID, property: PropertyID?)? {
    guard layout.structure.contains(offset), let node = lastNode(before: offset) else { return nil }
    if offset <= nameRange(node).upperBound { return (node, nil) }
    // A property may belong to a node that has been open all along: one behind a subnode.
    var next: NodeID? = node
    while let step = next {
      if let property = property(of: step, at: offset) { return (step, property) }
      next = parent(step)
    }
    return nil
  }

  /// The last node whose token does not stand behind `offset`.
  private func lastNode(before offset: Int) -> NodeID? {
    var (low, high) = (0, nodes.count)
    while low < high {
      let middle = (low + high) / 2
      if self.offset(NodeID(middle)) <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? NodeID(low - 1) : nil
  }

  /// Those of a node stand in file order, scattered or not.
  private func property(of node: NodeID, at offset: Int) -> PropertyID? {
    let record = nodes[Int(node.index)]
    let first = Int(record.firstProperty)
    var (low, high) = (first, first + Int(record.propertyCount))
    while low < high {
      let middle = (low + high) / 2
      if self.offset(PropertyID(middle)) <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > first else { return nil }
    let property = PropertyID(low - 1)
    let end = (valueRange(property).upperBound + 3) & ~3
    return offset < end ? property : nil
  }
}
