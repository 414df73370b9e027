public import Bytes

/// Properties: names, and values as cells, numbers and texts. None of the views traps; what is not
/// there is nil.
extension FlatTree {
  @inlinable public var propertyCount: Int { properties.count }

  /// The properties of a node, in file order.
  @inlinable public func properties(_ node: NodeID) -> PropertyRange {
    let record = nodes[Int(node.index)]
    return PropertyRange(record.firstProperty, record.firstProperty + record.propertyCount)
  }

  /// The node's property of that name; the first, where a faulty tree has two.
  @inlinable public func property(_ node: NodeID, _ name: KnownName) -> PropertyID? {
    let record = nodes[Int(node.index)]
    if record.propertyCount > CrowdedNodes.most { return propertyOfCrowd(node, name) }
    var index = Int(record.firstProperty)
    let end = index + Int(record.propertyCount)
    while index < end {
      if properties[index].known == name { return PropertyID(index) }
      index += 1
    }
    return nil
  }

  @usableFromInline func propertyOfCrowd(_ node: NodeID, _ name: KnownName) -> PropertyID? {
    crowdedNodes.property(node, name)
  }

  @inlinable public func has(_ node: NodeID, _ name: KnownName) -> Bool {
    property(node, name) != nil
  }

  /// For names that are not known: slower, since it compares bytes.
  public func property(_ node: NodeID, named name: StaticString) -> PropertyID? {
    for property in properties(node) where propertyNameIs(property, name) { return property }
    return nil
  }

  /// The node that the property belongs to.
  @inlinable public func node(of property: PropertyID) -> NodeID {
    NodeID(Int(properties[Int(property.index)].node))
  }

  @inlinable public func known(_ property: PropertyID) -> KnownName? {
    properties[Int(property.index)].known
  }

  /// The number of the property's name in `names`.
  @inlinable public func nameIndex(_ property: PropertyID) -> Int {
    Int(properties[Int(property.index)].name)
  }

  @inlinable public func propertyNameRange(_ property: PropertyID) -> Range<Int> {
    names[nameIndex(property)].range
  }

  @inlinable public func propertyNameIs(_ property: PropertyID, _ name: StaticString) -> Bool {
    isText(propertyNameRange(property), name)
  }

  /// The number in `names` of the name that says this; nil where no property has it.
  public func nameIndex(spelled name: ArraySlice<UInt8>) -> Int? {
    nameTable.number(spelled: name, in: bytes)
  }

  public func propertyName(_ property: PropertyID) -> String {
    text(propertyNameRange(property))
  }

  /// Offset of the property's token in the blob.
  @inlinable public func offset(_ property: PropertyID) -> Int {
    Int(properties[Int(property.index)].start) - 12
  }

  /// Where the value stands in the blob.
  @inlinable public func valueRange(_ property: PropertyID) -> Range<Int> {
    let record = properties[Int(property.index)]
    return Int(record.start)..<Int(record.start) + Int(record.length)
  }

  /// Bytes of the value.
  @inlinable public func length(_ property: PropertyID) -> Int {
    Int(properties[Int(property.index)].length)
  }

  public func value(_ property: PropertyID) -> ArraySlice<UInt8> { bytes[valueRange(property)] }

  // MARK: Cells

  /// How many whole cells the value has.
  @inlinable public func cellCount(_ property: PropertyID) -> Int { length(property) / 4 }

  /// The cell (32 bits, big-endian) of that number.
  @inlinable public func cell(_ property: PropertyID, _ index: Int) -> UInt32? {
    let record = properties[Int(property.index)]
    guard index >= 0, index < Int(record.length) / 4 else { return nil }
    return bytes.bigEndianUInt32(at: Int(record.start) + 4 * index)
  }

  /// The value where it is exactly one cell.
  @inlinable public func onlyCell(_ property: PropertyID) -> UInt32? {
    length(property) == 4 ? cell(property, 0) : nil
  }

  /// The node's property of that name where it is exactly one cell.
  @inlinable public func onlyCell(_ node: NodeID, _ name: KnownName) -> UInt32? {
    guard let property = property(node, name) else { return nil }
    return onlyCell(property)
  }

  /// `count` cells from `index` as one number, the high one first: 0 for none of them, nil where
  /// they are not there or are more than two, the leading ones of which are not zero.
  @inlinable public func number(_ property: PropertyID, at index: Int, cells count: Int) -> UInt64?
  {
    let record = properties[Int(property.index)]
    let cells = Int(record.length) / 4
    switch count {
    case 1:
      guard index >= 0, index < cells else { return nil }
      return bytes.bigEndianUInt32(at: Int(record.start) + 4 * index).map { UInt64($0) }
    case 2:
      guard index >= 0, index < cells - 1 else { return nil }
      return bytes.bigEndianUInt64(at: Int(record.start) + 4 * index)
    default: return longNumber(property, at: index, cells: count)
    }
  }

  @usableFromInline func longNumber(
    _ property: PropertyID, at index: Int, cells count: Int
  ) -> UInt64? {
    var number: UInt64 = 0
    var position = index
    var left = count
    while left > 0 {
      guard let cell = cell(property, position), number <= UInt64(UInt32.max) else { return nil }
      number = number << 32 | UInt64(cell)
      position += 1
      left -= 1
    }
    return number
  }

  /// All whole cells. For messages and rare rules: it makes an array.
  public func cells(_ property: PropertyID) -> [UInt32] {
    (0..<cellCount(property)).compactMap { cell(property, $0) }
  }

  // MARK: Texts

  /// Whether the value is a list of texts: not empty, and its last byte is zero.
  @inlinable public func isTextList(_ property: PropertyID) -> Bool {
    let range = valueRange(property)
    return !range.isEmpty && bytes[range.upperBound - 1] == 0
  }

  /// The value as one text; nil where it is not exactly one.
  public func string(_ property: PropertyID) -> String? {
    let range = valueRange(property)
    guard let end = bytes[range].firstIndex(of: 0), end == range.upperBound - 1 else { return nil }
    return String(validating: bytes[range.lowerBound..<end], as: UTF8.self)
  }

  /// The node's property of that name as one text.
  public func string(_ node: NodeID, _ name: KnownName) -> String? {
    property(node, name).flatMap(string)
  }

  /// The value as texts; nil where it is no list of them. What is no UTF-8 is shown as such.
  public func strings(_ property: PropertyID) -> [String]? {
    guard isTextList(property) else { return nil }
    return value(property).dropLast().split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Whether one of the value's texts is exactly this one.
  @inlinable public func lists(_ property: PropertyID, _ text: StaticString) -> Bool {
    let range = valueRange(property)
    let length = text.utf8CodeUnitCount
    var start = range.lowerBound
    while range.upperBound - start > length {
      if bytes[start + length] == 0, bytes.matches(text, at: start) { return true }
      start = endOfText(from: start, within: range) + 1
    }
    return false
  }

  /// Which of some texts is the first in the value to be met, as one of its own; nil where none is.
  /// However many are looked for, the value is gone through once.
  public func firstListed(_ property: PropertyID, among texts: TextChoice) -> Int? {
    let range = valueRange(property)
    var start = range.lowerBound
    while start < range.upperBound {
      let end = endOfText(from: start, within: range)
      guard end < range.upperBound else { return nil }
      if texts.mayHave(length: end - start) {
        for (number, text) in texts.texts.enumerated()
        where text.utf8CodeUnitCount == end - start && bytes.matches(text, at: start) {
          return number
        }
      }
      start = end + 1
    }
    return nil
  }

  /// Where the text that begins at `start` has its zero byte; the end of the range where it has none.
  @usableFromInline func endOfText(from start: Int, within range: Range<Int>) -> Int {
    var end = start
    // Eight bytes at a time: the lowest bit that is left belongs to the first zero among them.
    while range.upperBound - end >= 8, let word = bytes.bigEndianUInt64(at: end) {
      let low = word.byteSwapped
      let zeroes = (low &- 0x0101_0101_0101_0101) & ~low & 0x8080_8080_8080_8080
      if zeroes != 0 { return end + zeroes.trailingZeroBitCount / 8 }
      end += 8
    }
    while end < range.upperBound, bytes[end] != 0 { end += 1 }
    return end
  }

  /// Whether the node's `compatible` has this entry.
  @inlinable public func isCompatible(_ node: NodeID, _ text: StaticString) -> Bool {
    guard let property = property(node, .compatible) else { return false }
    return lists(property, text)
  }
}

/// Properties that follow each other.
@frozen public struct PropertyRange: Sequence, IteratorProtocol, Sendable {
  @usableFromInline var cursor: Int32
  @usableFromInline let end: Int32

  @inlinable init(_ start: Int32, _ end: Int32) {
    cursor = start
    self.end = end
  }

  @inlinable public mutating func next() -> PropertyID? {
    guard cursor < end else { return nil }
    defer { cursor += 1 }
    return PropertyID(Int(cursor))
  }
}
