import Bytes

/// Finding patterns and texts inside an image. Each search is one pass from front to back.
extension RawSpan {
  /// Offset of the first place at or after `start` where the UTF-8 of `pattern` stands, or nil.
  ///
  /// Horspool's search: the byte under the pattern's last place tells how far the pattern can move
  /// on, most often by its whole length. Where it is the last byte itself, the rest is compared.
  func firstOffset(of pattern: String, from start: Int = 0) -> Int? {
    let pattern = Array(pattern.utf8)
    guard let last = pattern.indices.last, start >= 0, holds(pattern.count, at: start) else {
      return nil
    }
    var table = [Int](repeating: pattern.count, count: 256)
    for (index, byte) in pattern.dropLast().enumerated() { table[Int(byte)] = last - index }
    let moveOnEnd = table[Int(pattern[last])]
    table[Int(pattern[last])] = 0
    let moves = table.span
    // Places of the pattern's last byte.
    var place = start + last
    while place < byteCount {
      // A byte is always less than 256.
      let move = moves[
        unchecked: Int(unsafeLoadUnaligned(fromByteOffset: place, as: UInt8.self))]
      if move == 0 {
        if isEqual(to: pattern, at: place - last) { return place - last }
        place += moveOnEnd
      } else {
        place += move
      }
    }
    return nil
  }

  /// Whether `pattern` stands at `offset`, where it has room.
  private func isEqual(to pattern: [UInt8], at offset: Int) -> Bool {
    var index = 0
    while index < pattern.count {
      let byte = unsafeLoadUnaligned(fromByteOffset: offset + index, as: UInt8.self)
      guard byte == pattern[index] else { return false }
      index += 1
    }
    return true
  }

  /// The printable ASCII from `offset` up to the first other byte, at most `limit` letters.
  func printableText(at offset: Int, limit: Int) -> String {
    var text = ""
    var index = offset
    while text.utf8.count < limit, let byte = try? byte(at: index), 0x20...0x7E ~= byte {
      text.unicodeScalars.append(Unicode.Scalar(byte))
      index += 1
    }
    return text
  }

  /// The bytes in `range`, which is cut where it leaves the span.
  func bytes(in range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<byteCount)
    return range.map { unsafeLoadUnaligned(fromByteOffset: $0, as: UInt8.self) }
  }
}
