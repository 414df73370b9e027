/// Finds one mark in a stream of bytes, a byte at a time, so that neither the borders of chunks
/// nor lines without an end matter and nothing has to be kept.
struct MarkMatcher: Sendable {
  let milestone: Milestone
  private let mark: [UInt8]
  private let startsLine: Bool
  /// Knuth, Morris and Pratt's table: how much of the mark still matches after a mismatch.
  private let fallback: [Int]
  private var matched = 0
  /// Nothing but noise has come on this line yet, so the mark may still start it.
  private var atLineStart = true

  init(_ mark: Mark, shows milestone: Milestone) {
    self.milestone = milestone
    self.mark = mark.bytes
    self.startsLine = mark.startsLine
    self.fallback = Self.fallback(of: mark.bytes)
  }

  /// Takes in the next byte; whether it completes the mark.
  mutating func consume(_ byte: UInt8) -> Bool {
    startsLine ? consumeAtLineStart(byte) : consumeAnywhere(byte)
  }

  private mutating func consumeAnywhere(_ byte: UInt8) -> Bool {
    while matched > 0, mark[matched] != byte { matched = fallback[matched - 1] }
    guard mark[matched] == byte else { return false }
    return advance()
  }

  private mutating func consumeAtLineStart(_ byte: UInt8) -> Bool {
    if SerialByte.endsLine(byte) {
      atLineStart = true
      matched = 0
      return false
    }
    guard atLineStart else { return false }
    if mark[matched] == byte { return advance() }
    // A line disturbed by a change of speed or by a terminal's control bytes still starts here.
    if matched == 0, SerialByte.isNoise(byte) { return false }
    atLineStart = false
    return false
  }

  private mutating func advance() -> Bool {
    matched += 1
    guard matched == mark.count else { return false }
    matched = 0
    atLineStart = false
    return true
  }

  private static func fallback(of mark: [UInt8]) -> [Int] {
    var table = Array(repeating: 0, count: mark.count)
    var matched = 0
    for index in mark.indices.dropFirst() {
      while matched > 0, mark[index] != mark[matched] { matched = table[matched - 1] }
      if mark[index] == mark[matched] { matched += 1 }
      table[index] = matched
    }
    return table
  }
}

/// How single bytes of a serial line are taken.
enum SerialByte {
  /// Carriage return and line feed each end a line: terminals send CR LF, CR CR LF, LF or CR.
  static func endsLine(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Whether the byte is no printable ASCII.
  static func isNoise(_ byte: UInt8) -> Bool { byte < 0x20 || byte > 0x7E }
}
