import Bytes

/// Walks the structure block token by token and builds the nodes from the inside out: a node that
/// ends is moved into the node around it, so nothing is ever copied, and depth is data, not calls.
struct StructureReader {
  private let limits: DeviceTree.Limits
  private let end: Int
  private var offset: Int
  private var names: NameReader
  private var open: [OpenNode] = []
  private var root: Node?
  private var nodeCount = 0
  private var propertyCount = 0

  /// A node whose end has not been met, and the names that are taken in it.
  private struct OpenNode {
    var node: Node
    var propertyNames: Set<String> = []
    var childNames: Set<String> = []
  }

  init(layout: BlockLayout, limits: DeviceTree.Limits) {
    self.limits = limits
    offset = layout.structure.lowerBound
    end = layout.structure.upperBound
    names = NameReader(strings: layout.strings, longest: limits.nameLength)
  }

  /// The root node, once the whole block has proven sound.
  mutating func read(_ bytes: RawSpan) throws(DeviceTreeError) -> Node {
    while true {
      let start = offset
      guard let word = word(bytes) else { throw .missingEnd(at: start) }
      switch Token(rawValue: word) {
      case .beginNode: try beginNode(bytes, at: start)
      case .property: try property(bytes, at: start)
      case .endNode: try endNode(at: start)
      case .nothing: continue
      case .end: return try finish(at: start)
      case nil: throw .unknownToken(word, at: start)
      }
    }
  }

  private mutating func beginNode(_ bytes: RawSpan, at start: Int) throws(DeviceTreeError) {
    let isRoot = open.isEmpty
    guard !isRoot || root == nil else { throw .secondRoot(at: start) }
    guard open.count < limits.depth else { throw .tooDeep(limit: limits.depth, at: start) }
    guard nodeCount < limits.nodes else { throw .tooManyNodes(limit: limits.nodes, at: start) }
    nodeCount += 1

    let nameStart = offset
    let length = try names.length(bytes, in: nameStart..<end)
    let name = try names.name(bytes, in: nameStart..<nameStart + length, isNode: true)
    if isRoot {
      guard name.isEmpty else { throw .namedRoot(name, at: nameStart) }
    } else {
      guard !name.isEmpty else { throw .emptyName(at: nameStart) }
      guard open[open.count - 1].childNames.insert(name).inserted else {
        throw .duplicateNode(name, at: nameStart)
      }
    }
    try skip(length + 1, from: start)
    open.append(OpenNode(node: Node(name: name)))
  }

  private mutating func property(_ bytes: RawSpan, at start: Int) throws(DeviceTreeError) {
    guard let innermost = open.indices.last else { throw .propertyOutsideNode(at: start) }
    guard open[innermost].node.children.isEmpty else { throw .propertyAfterSubnode(at: start) }
    guard propertyCount < limits.properties else {
      throw .tooManyProperties(limit: limits.properties, at: start)
    }
    propertyCount += 1

    guard let length = word(bytes), let nameOffset = word(bytes) else {
      throw .endsInside(.property, at: start)
    }
    guard UInt64(length) <= UInt64(end - offset) else {
      throw .propertyTooLong(length, at: start)
    }
    let name = try names.propertyName(bytes, nameOffset, property: start)
    guard open[innermost].propertyNames.insert(name).inserted else {
      throw .duplicateProperty(name, at: start)
    }
    let valueStart = offset
    try skip(Int(length), from: start)
    let value = bytes.copy(valueStart..<valueStart + Int(length))
    open[innermost].node.properties.append(Property(name: name, value: value))
  }

  private mutating func endNode(at start: Int) throws(DeviceTreeError) {
    guard let closed = open.popLast() else { throw .unexpectedNodeEnd(at: start) }
    if let innermost = open.indices.last {
      open[innermost].node.children.append(closed.node)
    } else {
      root = closed.node
    }
  }

  private func finish(at start: Int) throws(DeviceTreeError) -> Node {
    guard open.isEmpty else { throw .openNodes(open.count, at: start) }
    guard let root else { throw .noRoot(at: start) }
    guard offset == end else { throw .bytesAfterEnd(at: offset) }
    return root
  }

  /// The next word, or nil where the block ends before it does.
  private mutating func word(_ bytes: RawSpan) -> UInt32? {
    guard end - offset >= 4, let word = try? bytes.bigEndianUInt32(at: offset) else { return nil }
    offset += 4
    return word
  }

  /// Steps over `count` bytes, which are known to be there, and over the padding behind them. The
  /// block starts on a multiple of four, so offsets from the blob's start serve for the padding.
  private mutating func skip(_ count: Int, from start: Int) throws(DeviceTreeError) {
    let next = (offset + count + 3) & ~3
    guard next <= end else { throw .endsInside(.padding, at: start) }
    offset = next
  }
}
