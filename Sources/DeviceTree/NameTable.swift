/// The property names of a blob, each read once: real trees use a few hundred, thousands of times.
///
/// Two offsets into the strings can lead to one text; they get one number.
struct NameTable: Sendable {
  private(set) var records: [NameRecord] = []
  private let strings: Range<Int>
  private let longest: Int
  /// The number of the name at each offset met so far.
  private var byOffset: [UInt32: Int] = [:]
  /// The same for blocks of the usual size, where a table is quicker; -1 for offsets not met.
  private var table: [Int32]
  /// The number of each known name, by its place in `KnownName.all`; -1 for those not met.
  private var byKnown = [Int32](repeating: -1, count: KnownName.all.count)
  /// The numbers of all others.
  private var byText: [Text: Int] = [:]
  /// The last node that had the name.
  private var lastNode: [Int] = []

  private static let usualSize = 1 << 14

  /// Bytes as a key. A slice would hash them one by one.
  private struct Text: Hashable {
    let bytes: ArraySlice<UInt8>

    func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  init(strings: Range<Int>, longest: Int) {
    self.strings = strings
    self.longest = longest
    table = Array(repeating: -1, count: strings.count <= Self.usualSize ? strings.count : 0)
    // A guess that is right for real trees: to grow is to hash all names again.
    byText.reserveCapacity(min(strings.count / 16, Self.usualSize / 16))
  }

  /// The number of the name at `offset` in the strings; `property` is where the property stands.
  mutating func index(
    of offset: UInt32, in bytes: [UInt8], property: Int, _ faults: inout FaultList
  ) throws(DeviceTreeError) -> Int {
    if offset < table.count {
      let known = table[Int(offset)]
      if known >= 0 { return Int(known) }
    } else if let known = byOffset[offset] {
      return known
    }
    guard UInt64(offset) < UInt64(strings.count) else {
      throw .nameOutsideStrings(offset, at: property)
    }
    let start = strings.lowerBound + Int(offset)
    let length = try Self.length(bytes, in: start..<strings.upperBound, longest: longest)
    let name = start..<start + length
    let index = number(of: bytes[name], &faults)
    if offset < table.count {
      table[Int(offset)] = Int32(index)
    } else {
      byOffset[offset] = index
    }
    return index
  }

  private mutating func number(of name: ArraySlice<UInt8>, _ faults: inout FaultList) -> Int {
    let index = records.count
    if let known = KnownName.number(of: name) {
      guard byKnown[known] < 0 else { return Int(byKnown[known]) }
      byKnown[known] = Int32(index)
      records.append(NameRecord(range: name.indices, known: KnownName.all[known]))
    } else {
      let text = Text(bytes: name)
      if let number = byText[text] { return number }
      byText[text] = index
      if name.isEmpty { faults.note(.emptyName(at: name.startIndex)) }
      if let fault = Self.fault(name, isNode: false) { faults.note(fault) }
      records.append(NameRecord(range: name.indices, known: nil))
    }
    lastNode.append(-1)
    return index
  }

  /// Whether the node has had a property of that name already; it has one from now on.
  mutating func isTaken(_ name: Int, in node: Int) -> Bool {
    defer { lastNode[name] = node }
    return lastNode[name] == node
  }

  /// How many bytes there are before the zero byte that ends the name. It may not be longer than
  /// `longest`: many properties may share one name's tail, and ever the same long one would cost
  /// the square of its length.
  static func length(
    _ bytes: [UInt8], in range: Range<Int>, longest: Int
  ) throws(DeviceTreeError) -> Int {
    for offset in range {
      if bytes[offset] == 0 { return offset - range.lowerBound }
      guard offset - range.lowerBound < longest else {
        throw .nameTooLong(limit: longest, at: range.lowerBound)
      }
    }
    throw .unterminatedName(at: range.lowerBound)
  }

  /// What is wrong with a name. A slash in a node's name would make one path mean two nodes, and
  /// control characters have no business on a terminal.
  static func fault(_ name: ArraySlice<UInt8>, isNode: Bool) -> DeviceTreeError? {
    var isASCII = true
    for index in name.indices {
      let byte = name[index]
      if byte < 0x20 || byte == 0x7F || (isNode && byte == UInt8(ascii: "/")) {
        return .forbiddenCharacter(byte, at: index)
      }
      if byte >= 0x80 { isASCII = false }
    }
    if !isASCII, String(validating: name, as: UTF8.self) == nil {
      return .nameNotUTF8(at: name.startIndex)
    }
    return nil
  }
}
