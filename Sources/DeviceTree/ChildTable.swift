/// Which node of a blob has which parent and name. A node may have as many children as a file has
/// room for, and whoever follows as many paths through it must not look at each of them.
///
/// Open addressing with room for each node.
struct ChildTable: Sendable {
  /// Nodes by number; -1 where nothing is.
  private var slots: [Int32]
  /// Nodes with an earlier sibling of the same name, in file order. Only that one is in the table.
  private(set) var namesakes: [NodeID] = []

  init(_ nodes: [NodeRecord], nameHashes: [UInt64], in bytes: [UInt8]) {
    slots = Array(repeating: -1, count: max(16, (nodes.count * 2).nextPowerOfTwo))
    for index in nodes.indices.dropFirst() {
      let record = nodes[index]
      let slot = slot(
        of: bytes[record.nameRange], hash: nameHashes[index], below: record.parent, nodes, bytes)
      if slots[slot] < 0 {
        slots[slot] = Int32(truncatingIfNeeded: index)
      } else {
        namesakes.append(NodeID(index))
      }
    }
  }

  func child(
    of parent: NodeID, named name: ArraySlice<UInt8>, _ nodes: [NodeRecord], _ bytes: [UInt8]
  ) -> NodeID? {
    let hash = NameReading.hash(of: name)
    let found = slots[slot(of: name, hash: hash, below: parent.index, nodes, bytes)]
    return found < 0 ? nil : NodeID(Int(found))
  }

  /// Where the node of that parent and name is, or would be.
  private func slot(
    of name: ArraySlice<UInt8>, hash: UInt64, below parent: Int32, _ nodes: [NodeRecord],
    _ bytes: [UInt8]
  ) -> Int {
    var hash = (hash ^ UInt64(UInt32(bitPattern: parent))) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 32
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let other = nodes[Int(slots[slot])]
      if other.parent == parent, bytes[other.nameRange].elementsEqual(name) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }
}

extension NodeRecord {
  fileprivate var nameRange: Range<Int> { Int(nameStart)..<Int(nameStart) + Int(nameLength) }
}

extension Int {
  /// The smallest power of two that is not less; for numbers far below the largest.
  fileprivate var nextPowerOfTwo: Int {
    self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
  }
}
