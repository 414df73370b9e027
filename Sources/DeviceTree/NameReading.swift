/// A name in the blob, read once for all that anybody wants to know of its letters.
struct NameReading {
  /// Its zero byte is not part of it.
  let range: Range<Int>
  /// How many bytes stand before the first `@`.
  let baseLength: Int
  /// Whether all letters are of the set, so that nobody need look at them again.
  let isPlain: Bool
  let hash: UInt64

  /// Begun anew for each process, so that no file is made to fill one corner of a table.
  private static let seed = UInt64.random(in: 0...UInt64.max)

  /// Reads up to the zero byte that ends the name. It may not be longer than `longest`: many
  /// properties may share one name's tail, and ever the same long one would cost the square of its
  /// length.
  init(
    _ bytes: [UInt8], in range: Range<Int>, longest: Int, letters: LetterSet
  ) throws(DeviceTreeError) {
    let start = range.lowerBound
    let last = min(range.upperBound, start + longest + 1)
    var end = start
    var base: Int?
    var isPlain = true
    var hash = Self.seed
    while true {
      guard end < last else {
        if end - start > longest { throw .nameTooLong(limit: longest, at: start) }
        throw .unterminatedName(at: start)
      }
      let byte = bytes[end]
      if byte == 0 { break }
      if byte == UInt8(ascii: "@"), base == nil { base = end - start }
      if !letters.contains(byte) { isPlain = false }
      hash = Self.hash(hash, byte)
      end += 1
    }
    self.range = start..<end
    baseLength = base ?? end - start
    self.isPlain = isPlain
    self.hash = hash
  }

  private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The hash of a name that is not read from a blob.
  static func hash(of name: some Sequence<UInt8>) -> UInt64 { name.reduce(seed, hash) }

  /// What is wrong with the name. A slash in a node's name would make one path mean two nodes, and
  /// control characters have no business on a terminal.
  func fault(in bytes: [UInt8], isNode: Bool) -> DeviceTreeError? {
    guard !isPlain else { return nil }
    for index in range {
      let byte = bytes[index]
      if byte < 0x20 || byte == 0x7F || (isNode && byte == UInt8(ascii: "/")) {
        return .forbiddenCharacter(byte, at: index)
      }
    }
    return String(validating: bytes[range], as: UTF8.self) == nil
      ? .nameNotUTF8(at: range.lowerBound) : nil
  }
}
