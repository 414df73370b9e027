/// The property names of a blob, each read once: real trees use a few hundred, thousands of times.
///
/// Two offsets into the strings can lead to one text; they get one number.
struct NameTable: Sendable {
  private(set) var records: [NameRecord] = []
  private let strings: Range<Int>
  private let longest: Int
  private let letters = LetterSet.property
  /// The number of the name at each offset, for blocks of the usual size; -1 for offsets not met.
  private var table: [Int32]
  /// The same for larger blocks.
  private var byOffset: [UInt32: Int] = [:]
  /// The numbers by what the names say: open addressing, -1 where nothing is.
  private var slots: [Int32]
  private var hashes: [UInt64] = []
  /// The last node that had the name.
  private var lastNode: [Int] = []

  private static let usualSize = 1 << 14

  init(strings: Range<Int>, longest: Int) {
    self.strings = strings
    self.longest = longest
    table = Array(repeating: -1, count: strings.count <= Self.usualSize ? strings.count : 0)
    slots = Array(repeating: -1, count: 512)
    // A guess that is right for real trees.
    let expected = min(strings.count / 16, Self.usualSize / 16)
    records.reserveCapacity(expected)
    hashes.reserveCapacity(expected)
    lastNode.reserveCapacity(expected)
  }

  /// The number of the name at `offset` in the strings; `property` is where the property stands.
  @inline(__always)
  mutating func index(
    of offset: UInt32, in bytes: [UInt8], property: Int, _ faults: inout FaultList
  ) throws(DeviceTreeError) -> Int {
    if Int(offset) < table.count {
      let known = table[Int(offset)]
      if known >= 0 { return Int(known) }
    }
    return try newIndex(of: offset, in: bytes, property: property, &faults)
  }

  /// Where the offset has not been met yet, as far as can be told without `byOffset`.
  @inline(never)
  private mutating func newIndex(
    of offset: UInt32, in bytes: [UInt8], property: Int, _ faults: inout FaultList
  ) throws(DeviceTreeError) -> Int {
    if let known = byOffset[offset] { return known }
    guard UInt64(offset) < UInt64(strings.count) else {
      throw .nameOutsideStrings(offset, at: property)
    }
    let name = try NameReading(
      bytes, in: strings.lowerBound + Int(offset)..<strings.upperBound, longest: longest,
      letters: letters)
    let index = number(of: name, in: bytes, &faults)
    if Int(offset) < table.count {
      table[Int(offset)] = Int32(index)
    } else {
      byOffset[offset] = index
    }
    return index
  }

  private mutating func number(
    of name: NameReading, in bytes: [UInt8], _ faults: inout FaultList
  ) -> Int {
    let slot = slot(of: bytes[name.range], hash: name.hash, bytes)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    let known = KnownName.find(bytes[name.range], hash: name.hash)
    if name.range.isEmpty { faults.note(.emptyName(at: name.range.lowerBound)) }
    if let fault = name.fault(in: bytes, isNode: false) { faults.note(fault) }
    let index = records.count
    records.append(
      NameRecord(
        range: name.range, known: known?.name, knownNumber: known?.number ?? -1,
        isPlain: name.isPlain))
    hashes.append(name.hash)
    lastNode.append(-1)
    slots[slot] = Int32(index)
    if records.count * 2 > slots.count { grow() }
    return index
  }

  /// The number of the property name that says this; nil where no property has it.
  func number(spelled name: ArraySlice<UInt8>, in bytes: [UInt8]) -> Int? {
    let found = slots[slot(of: name, hash: NameReading.hash(of: name), bytes)]
    return found < 0 ? nil : Int(found)
  }

  /// Where the name is, or would be.
  private func slot(of name: ArraySlice<UInt8>, hash: UInt64, _ bytes: [UInt8]) -> Int {
    var slot = Self.firstSlot(hash, of: slots.count)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, bytes[records[number].range].elementsEqual(name) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Self.firstSlot(hash, of: slots.count)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  private static func firstSlot(_ hash: UInt64, of count: Int) -> Int {
    Int(truncatingIfNeeded: hash ^ hash >> 32) & (count - 1)
  }

  /// Whether the node has had a property of that name already; it has one from now on.
  @inline(__always)
  mutating func isTaken(_ name: Int, in node: Int) -> Bool {
    if lastNode[name] == node { return true }
    lastNode[name] = node
    return false
  }
}
