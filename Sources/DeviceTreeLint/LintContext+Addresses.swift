import DeviceTree
import Measures

/// What `reg` and `ranges` say.
extension LintContext {
  /// Cells of an address in the node's children, as the specification counts them.
  func addressCells(_ node: NodeID) -> Int {
    let own = ownAddressCells[Int(node.index)]
    return own < 0 ? 2 : Int(own)
  }

  /// Cells of a size in the node's children, as the specification counts them.
  func sizeCells(_ node: NodeID) -> Int {
    let own = ownSizeCells[Int(node.index)]
    return own < 0 ? 1 : Int(own)
  }

  /// As Xen and Linux count them: a node that does not say counts as its parent does, the root as 2
  /// and 1.
  ///
  /// Source: `device_tree_for_each_node`, Xen `xen/common/device-tree/bootfdt.c`.
  func xenCells(_ node: NodeID) -> (address: Int, size: Int) {
    var (address, size) = (
      Int(ownAddressCells[Int(node.index)]), Int(ownSizeCells[Int(node.index)])
    )
    var next = tree.parent(node)
    while let node = next, address < 0 || size < 0 {
      if address < 0 { address = Int(ownAddressCells[Int(node.index)]) }
      if size < 0 { size = Int(ownSizeCells[Int(node.index)]) }
      next = tree.parent(node)
    }
    return (address < 0 ? 2 : address, size < 0 ? 1 : size)
  }

  /// One pair of a `reg`.
  struct RegPair: Hashable {
    let address: UInt64
    let size: UInt64

    /// Nil where it would run past the last 64-bit address.
    var range: AddressRange? { AddressRange(start: Address(address), size: ByteCount(size)) }
  }

  /// The pairs of the node's `reg`, counted as its parent says; where that says nothing as Xen and
  /// Linux count. Empty where there is none, where its length is no whole number of pairs, and where
  /// a number has more than 64 bits.
  func reg(_ node: NodeID) -> [RegPair] {
    guard let property = tree.property(node, .reg), let parent = tree.parent(node) else {
      return []
    }
    let (address, size) = xenCells(parent)
    return pairs(property, address: address, size: size)
  }

  /// The first address of the node's `reg`.
  func firstAddress(_ node: NodeID) -> UInt64? {
    guard let property = tree.property(node, .reg), let parent = tree.parent(node) else {
      return nil
    }
    let cells = xenCells(parent).address
    guard (1...2).contains(cells) else { return nil }
    return tree.number(property, at: 0, cells: cells)
  }

  /// The value as pairs of address and size with so many cells each.
  func pairs(_ property: PropertyID, address: Int, size: Int) -> [RegPair] {
    guard (1...4).contains(address), (0...4).contains(size) else { return [] }
    let stride = address + size
    let count = tree.cellCount(property)
    guard tree.length(property) == count * 4, count.isMultiple(of: stride) else { return [] }
    var pairs: [RegPair] = []
    for start in Swift.stride(from: 0, to: count, by: stride) {
      guard let first = tree.number(property, at: start, cells: address),
        let second = tree.number(property, at: start + address, cells: size)
      else { return [] }
      pairs.append(RegPair(address: first, size: second))
    }
    return pairs
  }

  /// The ranges of the node's `reg` as the processor sees them, through each `ranges` up to the root.
  /// What cannot be translated is left out: no `ranges` on the way, or an address in none of them.
  func translatedReg(_ node: NodeID) -> [AddressRange] {
    guard let parent = tree.parent(node) else { return [] }
    return reg(node).compactMap { pair in
      translate(pair.address, from: parent).flatMap {
        AddressRange(start: Address($0), size: ByteCount(pair.size))
      }
    }
  }

  /// An address as `bus` counts them, as the processor sees it; nil where no `ranges` leads there.
  func translate(_ address: UInt64, from bus: NodeID) -> UInt64? {
    guard case .address(let translated) = translation(of: address, from: bus) else { return nil }
    return translated
  }
}
