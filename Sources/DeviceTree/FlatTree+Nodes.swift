public import Bytes

/// Nodes: who stands where, and what they are called.
extension FlatTree {
  @inlinable public var nodeCount: Int { nodes.count }

  /// All nodes, parents before their children.
  @inlinable public var allNodes: NodeRange { NodeRange(0, nodes.count) }

  /// The node's parent; nil for the root.
  @inlinable public func parent(_ node: NodeID) -> NodeID? {
    let parent = nodes[Int(node.index)].parent
    return parent < 0 ? nil : NodeID(Int(parent))
  }

  /// 0 for the root, 1 for its children.
  @inlinable public func depth(_ node: NodeID) -> Int { Int(nodes[Int(node.index)].depth) }

  /// The node and all below it.
  @inlinable public func subtree(_ node: NodeID) -> NodeRange {
    NodeRange(Int(node.index), Int(nodes[Int(node.index)].end))
  }

  /// The nodes directly below this one, in file order.
  @inlinable public func children(_ node: NodeID) -> ChildSequence {
    ChildSequence(tree: self, of: node)
  }

  @inlinable public func hasChildren(_ node: NodeID) -> Bool {
    nodes[Int(node.index)].end > node.index + 1
  }

  /// Whether `other` is the node itself or lies below it.
  @inlinable public func isInside(_ other: NodeID, _ node: NodeID) -> Bool {
    node.index <= other.index && other.index < nodes[Int(node.index)].end
  }

  /// Offset of the node's token in the blob.
  @inlinable public func offset(_ node: NodeID) -> Int {
    Int(nodes[Int(node.index)].nameStart) - 4
  }

  /// Where the name's bytes stand in the blob; with its unit address.
  @inlinable public func nameRange(_ node: NodeID) -> Range<Int> {
    let record = nodes[Int(node.index)]
    return Int(record.nameStart)..<Int(record.nameStart) + Int(record.nameLength)
  }

  /// Whether the name is made of `LetterSet.node`, as nearly all are.
  @inlinable public func hasPlainName(_ node: NodeID) -> Bool {
    nodes[Int(node.index)].hasPlainName
  }

  /// The bytes of the name before its first `@`.
  @inlinable public func baseNameRange(_ node: NodeID) -> Range<Int> {
    let record = nodes[Int(node.index)]
    return Int(record.nameStart)..<Int(record.nameStart) + Int(record.baseLength)
  }

  /// What follows the first `@` of the name; nil where there is none.
  @inlinable public func unitAddressRange(_ node: NodeID) -> Range<Int>? {
    let record = nodes[Int(node.index)]
    guard record.baseLength < record.nameLength else { return nil }
    let start = Int(record.nameStart)
    return start + Int(record.baseLength) + 1..<start + Int(record.nameLength)
  }

  @inlinable public func hasUnitAddress(_ node: NodeID) -> Bool {
    let record = nodes[Int(node.index)]
    return record.baseLength < record.nameLength
  }

  /// The whole name: `serial@1c28000`; empty for the root.
  public func name(_ node: NodeID) -> String { text(nameRange(node)) }

  /// The name before its `@`.
  public func baseName(_ node: NodeID) -> String { text(baseNameRange(node)) }

  public func unitAddress(_ node: NodeID) -> String? { unitAddressRange(node).map(text) }

  /// The unit address as a number; nil where there is none, or where it is more or less than one
  /// hexadecimal number of 64 bits.
  public func unitNumber(_ node: NodeID) -> UInt64? {
    guard let range = unitAddressRange(node), (1...16).contains(range.count) else { return nil }
    var number: UInt64 = 0
    for index in range {
      guard let digit = hexDigit(bytes[index]) else { return nil }
      number = number << 4 | UInt64(digit)
    }
    return number
  }

  @inlinable public func nameIs(_ node: NodeID, _ name: StaticString) -> Bool {
    isText(nameRange(node), name)
  }

  @inlinable public func baseNameIs(_ node: NodeID, _ name: StaticString) -> Bool {
    isText(baseNameRange(node), name)
  }

  /// The child of exactly that name.
  public func child(_ node: NodeID, _ name: StaticString) -> NodeID? {
    for child in children(node) where nameIs(child, name) { return child }
    return nil
  }

  /// The child of exactly that name; the first, where a faulty tree has two. However many children
  /// there are, it takes the same time.
  public func child(_ node: NodeID, named name: ArraySlice<UInt8>) -> NodeID? {
    childTable.child(of: node, named: name, nodes, bytes)
  }

  /// `/soc/serial@1c28000`; `/` for the root.
  public func path(_ node: NodeID) -> String {
    guard node != .root else { return "/" }
    var steps: [NodeID] = []
    var next: NodeID? = node
    while let step = next, step != .root {
      steps.append(step)
      next = parent(step)
    }
    var path: [UInt8] = []
    path.reserveCapacity(steps.reduce(0) { $0 + 1 + nameRange($1).count })
    for step in steps.reversed() {
      path.append(UInt8(ascii: "/"))
      path += bytes[nameRange(step)]
    }
    return String(decoding: path, as: UTF8.self)
  }

  /// Bytes of the blob as text; what is no UTF-8 is shown as such.
  public func text(_ range: Range<Int>) -> String {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return "" }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  @inlinable func isText(_ range: Range<Int>, _ name: StaticString) -> Bool {
    range.count == name.utf8CodeUnitCount
      && bytes.matches(name, at: range.lowerBound)
  }
}

@inlinable func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

/// Nodes that follow each other.
@frozen public struct NodeRange: Sequence, IteratorProtocol, Sendable {
  @usableFromInline var cursor: Int32
  @usableFromInline let end: Int32

  @inlinable init(_ start: Int, _ end: Int) {
    cursor = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
  }

  @inlinable public mutating func next() -> NodeID? {
    guard cursor < end else { return nil }
    defer { cursor += 1 }
    return NodeID(Int(cursor))
  }
}

/// The children of a node.
@frozen public struct ChildSequence: Sequence, IteratorProtocol {
  @usableFromInline let tree: FlatTree
  @usableFromInline var cursor: Int32
  @usableFromInline let end: Int32

  @inlinable init(tree: FlatTree, of node: NodeID) {
    self.tree = tree
    cursor = node.index + 1
    end = tree.nodes[Int(node.index)].end
  }

  @inlinable public mutating func next() -> NodeID? {
    guard cursor < end else { return nil }
    defer { cursor = tree.nodes[Int(cursor)].end }
    return NodeID(Int(cursor))
  }
}
