import DeviceTree

/// Nodes by phandle.
extension LintContext {
  /// The first node with that phandle.
  func node(withPhandle phandle: UInt32) -> NodeID? {
    var (low, high) = (0, phandles.count)
    while low < high {
      let middle = (low + high) / 2
      if phandles[middle].phandle < phandle { low = middle + 1 } else { high = middle }
    }
    guard low < phandles.count, phandles[low].phandle == phandle else { return nil }
    return phandles[low].node
  }

  /// Nil for what is no single cell, and for the numbers that mean none.
  static func phandle(_ tree: FlatTree, _ property: PropertyID) -> UInt32? {
    guard let phandle = tree.onlyCell(property), phandle != 0, phandle != .max else { return nil }
    return phandle
  }
}
