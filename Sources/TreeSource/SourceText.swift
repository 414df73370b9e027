/// A file of source text: its lines, its tokens, and columns as people count them.
final class SourceText: Sendable {
  /// Bytes that a text may have; offsets in it are kept in 32 bits.
  static let largest = 1 << 28

  let bytes: [UInt8]
  let tokens: [DTSToken]
  /// Where each line begins.
  private let lineStarts: [Int32]
  /// How many bytes of UTF-8 that only continue a scalar stand before each block of 64 bytes, so
  /// that a column far to the right costs no more than one at the left.
  private let continuations: [Int32]

  /// Nil where the text is larger than `largest`.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.largest else { return nil }
    self.bytes = bytes
    tokens = DTSScanner.tokens(of: bytes)
    var starts: [Int32] = [0]
    var continuations: [Int32] = []
    var count: Int32 = 0
    for (index, byte) in bytes.enumerated() {
      if index & 63 == 0 { continuations.append(count) }
      if byte & 0xC0 == 0x80 { count += 1 }
      if byte == UInt8(ascii: "\n") { starts.append(Int32(truncatingIfNeeded: index + 1)) }
    }
    lineStarts = starts
    self.continuations = continuations
  }

  var lineCount: Int { lineStarts.count }

  /// The line's bytes, its line feed not among them; nil where there is no such line, from 1.
  func line(_ number: Int) -> Range<Int>? {
    guard number >= 1, number <= lineStarts.count else { return nil }
    let start = Int(lineStarts[number - 1])
    let end = number < lineStarts.count ? Int(lineStarts[number]) - 1 : bytes.count
    return start..<end
  }

  /// Where the byte of that column stands, both from 1; the line's end counts as well.
  func offset(line: Int, byteColumn: Int) -> Int? {
    guard let range = self.line(line), byteColumn >= 1, byteColumn - 1 <= range.count else {
      return nil
    }
    return range.lowerBound + byteColumn - 1
  }

  /// Where the scalar of that column stands, both from 1; the line's end counts as well.
  func offset(line: Int, column: Int) -> Int? {
    guard let range = self.line(line), column >= 1 else { return nil }
    var left = column - 1
    for index in range where bytes[index] & 0xC0 != 0x80 {
      if left == 0 { return index }
      left -= 1
    }
    return left == 0 ? range.upperBound : nil
  }

  /// The number of the line that holds the byte, from 1.
  func line(of offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// Unicode scalars from 1.
  func column(of offset: Int) -> Int {
    let start = Int(lineStarts[line(of: offset) - 1])
    return offset - start - (continuations(before: offset) - continuations(before: start)) + 1
  }

  private func continuations(before offset: Int) -> Int {
    guard offset < bytes.count else {
      guard let last = continuations.last else { return 0 }
      return Int(last) + bytes[((continuations.count - 1) * 64)...].count { $0 & 0xC0 == 0x80 }
    }
    let block = offset >> 6
    return Int(continuations[block]) + bytes[block << 6..<offset].count { $0 & 0xC0 == 0x80 }
  }
}

// Tokens.
extension SourceText {
  /// The number of the first token that does not begin before `offset`; their count if none is.
  func firstToken(notBefore offset: Int) -> Int {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(tokens[middle].start) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The number of the token that begins there.
  func token(startingAt offset: Int) -> Int? {
    let index = firstToken(notBefore: offset)
    return index < tokens.count && Int(tokens[index].start) == offset ? index : nil
  }

  /// The number of the token that ends there.
  func token(endingAt offset: Int) -> Int? {
    let index = firstToken(notBefore: offset) - 1
    return index >= 0 && Int(tokens[index].end) == offset ? index : nil
  }

  /// The tokens that begin on a line.
  func tokens(onLine number: Int) -> Range<Int> {
    guard let range = line(number) else { return 0..<0 }
    return firstToken(notBefore: range.lowerBound)..<firstToken(notBefore: range.upperBound)
  }

  /// From the line's start of the first of the tokens to the end of the last.
  func extent(of range: Range<Int>) -> Range<Int> {
    guard let first = range.first, let last = range.last else { return 0..<0 }
    let start = Int(lineStarts[line(of: Int(tokens[first].start)) - 1])
    return start..<Int(tokens[last].end)
  }

  func isToken(_ index: Int, _ text: some Sequence<UInt8>) -> Bool {
    tokens.indices.contains(index) && bytes[tokens[index].range].elementsEqual(text)
  }

  func text(_ index: Int) -> String {
    tokens.indices.contains(index)
      ? String(decoding: bytes[tokens[index].range], as: UTF8.self) : ""
  }
}
