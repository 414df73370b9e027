import Bytes

/// Finding patterns and texts inside an image. Each search is one pass from front to back.
extension RawSpan {
  /// Offset of the first place at or after `start` where the UTF-8 of `pattern` stands, or nil.
  func firstOffset(of pattern: String, from start: Int = 0) -> Int? {
    let pattern = Array(pattern.utf8)
    guard let first = pattern.first, start >= 0, holds(pattern.count, at: start) else { return nil }
    for offset in start...byteCount - pattern.count
    where unsafeLoadUnaligned(fromByteOffset: offset, as: UInt8.self) == first {
      let same = pattern.indices.allSatisfy { index in
        unsafeLoadUnaligned(fromByteOffset: offset + index, as: UInt8.self) == pattern[index]
      }
      if same { return offset }
    }
    return nil
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
