import DeviceTree

extension LintContext {
  /// Siblings with the same text behind the `@` of their names, below nodes that state both their
  /// cells. Nearly always there are none.
  func findSharedUnitAddresses() -> [[NodeID]] {
    var table = UnitAddressTable(holding: tree.nodeCount)
    var groups: [NodeID: [NodeID]] = [:]
    for node in tree.allNodes {
      guard let unit = tree.unitAddressRange(node), !unit.isEmpty, let parent = tree.parent(node),
        ownAddressCells[Int(parent.index)] >= 0, ownSizeCells[Int(parent.index)] >= 0,
        let first = table.firstNamesake(of: node, parent, unit, tree)
      else { continue }
      groups[first, default: [first]].append(node)
    }
    return groups.isEmpty ? [] : groups.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// The nodes met so far, by their parent and their unit address.
private struct UnitAddressTable {
  /// Open addressing; -1 where nothing is. There is room for each node.
  private var slots: [Int32]
  /// Begun anew for each process, so that no tree is made to fill one corner.
  private static let seed = UInt64.random(in: 0...UInt64.max)

  init(holding count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
  }

  /// The first node of that parent and unit address; nil where this is the first, which is noted.
  mutating func firstNamesake(
    of node: NodeID, _ parent: NodeID, _ unit: Range<Int>, _ tree: FlatTree
  ) -> NodeID? {
    var hash = Self.seed ^ UInt64(UInt32(bitPattern: parent.index))
    for index in unit { hash = (hash ^ UInt64(tree.bytes[index])) &* 0x9E37_79B9_7F4A_7C15 }
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
    while slots[slot] >= 0 {
      let other = NodeID(Int(slots[slot]))
      if tree.parent(other) == parent, let range = tree.unitAddressRange(other),
        range.count == unit.count, tree.bytes[range].elementsEqual(tree.bytes[unit])
      {
        return other
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = node.index
    return nil
  }
}
