/// A long name that is put together from the records before its file's own one, the last part first.
struct FATLongName {
  private var parts: [[UInt16]] = []
  private var checksum: UInt8?
  private var expected = 0

  /// Where the letters of a part stand in its record.
  private static let places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30]

  mutating func add(_ record: ArraySlice<UInt8>) {
    let start = record.startIndex
    let order = Int(record[start])
    let sum = record[start + 13]
    if order & 0x40 != 0 {
      parts = []
      checksum = sum
      expected = order & 0x3F
    }
    // A part that does not follow the one before belongs to nothing.
    guard order & 0x3F == expected, expected > 0, sum == checksum else {
      self = FATLongName()
      return
    }
    expected -= 1
    parts.append(
      Self.places.map { UInt16(record[start + $0]) | UInt16(record[start + $0 + 1]) << 8 })
  }

  /// The name, if all its parts are there and belong to this record.
  func name(for record: ArraySlice<UInt8>) -> String? {
    guard expected == 0, !parts.isEmpty, checksum == Self.checksum(record.prefix(11)) else {
      return nil
    }
    var units: [UInt16] = []
    for part in parts.reversed() { units += part }
    let name = String(
      decoding: units[..<(units.firstIndex(of: 0) ?? units.count)], as: UTF16.self)
    return name.isEmpty || name.contains("/") ? nil : name
  }

  /// Of the short name, so that a long one is not taken for another file's.
  private static func checksum(_ name: ArraySlice<UInt8>) -> UInt8 {
    name.reduce(0) { ($0 << 7 | $0 >> 1) &+ $1 }
  }
}
