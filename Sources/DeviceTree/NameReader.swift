import Bytes

/// Reads the names of nodes and properties, of which none may be longer than a limit: many
/// properties may share one name, and ever the same long one would cost the square of the length.
struct NameReader {
  let strings: Range<Int>
  let longest: Int
  /// The property names seen so far: real trees use a few hundred, thousands of times.
  private var known: [UInt32: String] = [:]

  init(strings: Range<Int>, longest: Int) {
    self.strings = strings
    self.longest = longest
  }

  /// How many bytes there are before the zero byte that ends the name.
  func length(_ bytes: RawSpan, in range: Range<Int>) throws(DeviceTreeError) -> Int {
    for offset in range {
      guard let byte = try? bytes.byte(at: offset) else { break }
      if byte == 0 { return offset - range.lowerBound }
      guard offset - range.lowerBound < longest else {
        throw .nameTooLong(limit: longest, at: range.lowerBound)
      }
    }
    throw .unterminatedName(at: range.lowerBound)
  }

  /// The text of a name. A slash in a node's name would make one path mean two nodes, and control
  /// characters have no business on a terminal.
  func name(
    _ bytes: RawSpan, in range: Range<Int>, isNode: Bool
  ) throws(DeviceTreeError) -> String {
    let text = bytes.copy(range)
    let isForbidden: (UInt8) -> Bool = {
      $0 < 0x20 || $0 == 0x7F || (isNode && $0 == UInt8(ascii: "/"))
    }
    if let index = text.firstIndex(where: isForbidden) {
      throw .forbiddenCharacter(text[index], at: range.lowerBound + index)
    }
    guard let name = String(validating: text, as: UTF8.self) else {
      throw .nameNotUTF8(at: range.lowerBound)
    }
    return name
  }

  /// The property name at `offset` in the strings; `property` is where the property stands.
  mutating func propertyName(
    _ bytes: RawSpan, _ offset: UInt32, property: Int
  ) throws(DeviceTreeError) -> String {
    if let name = known[offset] { return name }
    guard UInt64(offset) < UInt64(strings.count) else {
      throw .nameOutsideStrings(offset, at: property)
    }
    let start = strings.lowerBound + Int(offset)
    let length = try length(bytes, in: start..<strings.upperBound)
    guard length > 0 else { throw .emptyName(at: start) }
    let name = try name(bytes, in: start..<start + length, isNode: false)
    known[offset] = name
    return name
  }
}

extension RawSpan {
  /// The bytes of `range`, as far as they are there.
  func copy(_ range: Range<Int>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for offset in range {
      guard let byte = try? byte(at: offset) else { break }
      copy.append(byte)
    }
    return copy
  }
}
