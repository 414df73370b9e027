import Bytes

/// Walks the structure block token by token and lists what it meets. Depth is data, not calls.
struct StructureScanner: Sendable {
  private(set) var nodes: [NodeRecord] = []
  private(set) var properties: [PropertyRecord] = []
  private(set) var names: NameTable
  private(set) var faults: FaultList

  /// The hash of each node's name.
  private(set) var nameHashes: [UInt64] = []

  private let bytes: [UInt8]
  private let nodeLetters = LetterSet.node
  private let limits: DeviceTree.Limits
  private let end: Int
  private var offset: Int
  /// The nodes whose end has not been met, from the root inwards.
  private var open: [Int] = []
  /// A property stands behind a subnode, so that those of a node are not together yet.
  private var isScattered = false

  init(bytes: [UInt8], layout: BlockLayout, limits: DeviceTree.Limits, faults: FaultList) {
    self.bytes = bytes
    self.limits = limits
    self.faults = faults
    offset = layout.structure.lowerBound
    end = layout.structure.upperBound
    names = NameTable(strings: layout.strings, longest: limits.nameLength)
    // A guess that is right for real trees; it is never more than the bytes are worth.
    nodes.reserveCapacity(min(layout.structure.count / 64, limits.nodes))
    nameHashes.reserveCapacity(min(layout.structure.count / 64, limits.nodes))
    properties.reserveCapacity(min(layout.structure.count / 16, limits.properties))
  }

  /// Reads the whole block.
  mutating func scan() throws(FatalFault) {
    do {
      try scanTokens()
    } catch {
      throw FatalFault(error, before: faults)
    }
  }

  private mutating func scanTokens() throws(DeviceTreeError) {
    while true {
      let start = offset
      guard let word = word() else { throw .missingEnd(at: start) }
      switch word {
      case Token.beginNode.rawValue: try beginNode(at: start)
      case Token.property.rawValue: try property(at: start)
      case Token.endNode.rawValue: try endNode(at: start)
      case Token.nothing.rawValue: continue
      case Token.end.rawValue: return try finish(at: start)
      default: throw .unknownToken(word, at: start)
      }
    }
  }

  private mutating func beginNode(at start: Int) throws(DeviceTreeError) {
    let isRoot = open.isEmpty
    guard !isRoot || nodes.isEmpty else { throw .secondRoot(at: start) }
    guard open.count < limits.depth else { throw .tooDeep(limit: limits.depth, at: start) }
    guard nodes.count < limits.nodes else { throw .tooManyNodes(limit: limits.nodes, at: start) }

    let name = try NameReading(
      bytes, in: offset..<end, longest: limits.nameLength, letters: nodeLetters)
    let (nameStart, length) = (name.range.lowerBound, name.range.count)
    if isRoot, length > 0 { faults.note(.namedRoot(text(name.range), at: nameStart)) }
    if !isRoot, length == 0 { faults.note(.emptyName(at: nameStart)) }
    if let fault = name.fault(in: bytes, isNode: true) { faults.note(fault) }
    try skip(length + 1, from: start)
    nodes.append(
      NodeRecord(
        nameStart: Int32(nameStart), nameLength: UInt16(length),
        baseLength: UInt16(name.baseLength), hasPlainName: name.isPlain,
        depth: Int32(open.count), parent: Int32(open.last ?? -1),
        firstProperty: Int32(properties.count), propertyCount: 0, end: 0))
    nameHashes.append(name.hash)
    open.append(nodes.count - 1)
  }

  @inline(__always)
  private mutating func property(at start: Int) throws(DeviceTreeError) {
    guard let node = open.last else { throw .propertyOutsideNode(at: start) }
    guard properties.count < limits.properties else {
      throw .tooManyProperties(limit: limits.properties, at: start)
    }
    guard end - offset >= 8, let words = bytes.bigEndianUInt64(at: offset) else {
      throw .endsInside(.property, at: start)
    }
    offset += 8
    let (length, nameOffset) = (UInt32(words >> 32), UInt32(truncatingIfNeeded: words))
    guard UInt64(length) <= UInt64(end - offset) else {
      throw .propertyTooLong(length, at: start)
    }
    let name = try names.index(of: nameOffset, in: bytes, property: start, &faults)
    if names.isTaken(name, in: node) {
      faults.note(.duplicateProperty(text(names.records[name].range), at: start))
    }
    if node != nodes.count - 1 {
      faults.note(.propertyAfterSubnode(at: start))
      isScattered = true
    }
    let valueStart = offset
    try skip(Int(length), from: start)
    properties.append(
      PropertyRecord(
        name: Int32(name), node: Int32(node), start: Int32(valueStart), length: Int32(length),
        known: names.records[name].known))
  }

  private mutating func endNode(at start: Int) throws(DeviceTreeError) {
    guard let closed = open.popLast() else { throw .unexpectedNodeEnd(at: start) }
    nodes[closed].end = Int32(nodes.count)
  }

  private mutating func finish(at start: Int) throws(DeviceTreeError) {
    guard open.isEmpty else { throw .openNodes(open.count, at: start) }
    guard !nodes.isEmpty else { throw .noRoot(at: start) }
    if offset != end { faults.note(.bytesAfterEnd(at: offset)) }
    if isScattered { gather() }
    var next = Int32(properties.count)
    for index in nodes.indices.reversed() {
      nodes[index].propertyCount = next - nodes[index].firstProperty
      next = nodes[index].firstProperty
    }
  }

  /// Brings the properties of each node together, in file order.
  private mutating func gather() {
    properties.sort { ($0.node, $0.start) < ($1.node, $1.start) }
    var first = 0
    for index in nodes.indices {
      nodes[index].firstProperty = Int32(first)
      while first < properties.count, Int(properties[first].node) == index { first += 1 }
    }
  }

  /// The next word, or nil where the block ends before it does.
  @inline(__always)
  private mutating func word() -> UInt32? {
    guard end - offset >= 4, let word = bytes.bigEndianUInt32(at: offset) else {
      return nil
    }
    offset += 4
    return word
  }

  /// Steps over `count` bytes, which are known to be there, and over the padding behind them. The
  /// block starts on a multiple of four, so offsets from the blob's start serve for the padding.
  @inline(__always)
  private mutating func skip(_ count: Int, from start: Int) throws(DeviceTreeError) {
    let valueEnd = offset + count
    let next = (valueEnd + 3) & ~3
    guard next <= end else { throw .endsInside(.padding, at: start) }
    if next > valueEnd, let word = bytes.bigEndianUInt32(at: next - 4),
      word << UInt32(8 * (4 - (next - valueEnd))) != 0
    {
      notePadding(valueEnd..<next)
    }
    offset = next
  }

  @inline(never)
  private mutating func notePadding(_ range: Range<Int>) {
    for index in range where bytes[index] != 0 {
      return faults.note(.paddingNotZero(at: index))
    }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
