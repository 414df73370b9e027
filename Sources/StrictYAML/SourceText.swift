import Diagnostics
import Measures

/// The text of a file before it is parsed: what can be refused by looking at its characters.
///
/// It also keeps trouble away from the parser below: no reader errors without a line, and no alias
/// that could stand for a million values.
struct SourceText {
  let text: String
  let file: String

  init(_ text: String, file: String) {
    self.text = text
    self.file = file
  }

  /// No line of ours is indented further; the parser's own limit is deeper than its stack is wide.
  static let indentLimit = 200

  static func decode(_ bytes: [UInt8], file: String) throws(YAMLError) -> String {
    guard ByteCount(bytes.count) <= YAMLDocument.sizeLimit else {
      throw .tooLarge(size: ByteCount(bytes.count), at: SourceSpan(file: file, line: 1, column: 1))
    }
    do {
      return String(copying: try UTF8Span(validating: bytes.span))
    } catch {
      let start = error.byteOffsets.lowerBound
      throw .notUTF8(
        byte: bytes[start], at: span(of: start, in: bytes, file: file))
    }
  }

  func check() throws(YAMLError) {
    let start = SourceSpan(file: file, line: 1, column: 1)
    guard ByteCount(text.utf8.count) <= YAMLDocument.sizeLimit else {
      throw .tooLarge(size: ByteCount(text.utf8.count), at: start)
    }
    try checkCharacters()
    try checkNesting()
    try checkAliases()
  }

  private func checkCharacters() throws(YAMLError) {
    var (line, column) = (1, 1)
    for scalar in text.unicodeScalars {
      guard Self.isAllowed(scalar) else {
        throw .character(scalar.value, at: SourceSpan(file: file, line: line, column: column))
      }
      if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
    }
    // A carriage return alone would be a line end to the parser and none to an editor.
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\r") {
      if index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n") {
        throw .character(0x0d, at: Self.span(of: index, in: bytes, file: file))
      }
    }
  }

  /// YAML 1.1's printable characters without tabs, without the byte order mark and without the
  /// line ends that no editor counts as such.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0a, 0x0d, 0x20...0x7e: true
    case 0x2028, 0x2029, 0xfeff: false
    case 0xa0...0xd7ff, 0xe000...0xfffd, 0x1_0000...0x10_ffff: true
    default: false
    }
  }

  /// Refuses a line that begins too far to the right, counting `- ` as indentation, and too many
  /// open brackets. Brackets in texts count as well, so this is a rough net; exact depth is
  /// counted after parsing.
  private func checkNesting() throws(YAMLError) {
    var (line, column, depth, atStart) = (1, 0, 0, true)
    for scalar in text.unicodeScalars {
      column += 1
      switch scalar {
      case "\n": (line, column, atStart) = (line + 1, 0, true)
      case " ": continue
      case "-", "?": break
      case "[", "{": (depth, atStart) = (depth + 1, false)
      case "]", "}": (depth, atStart) = (max(0, depth - 1), false)
      default: atStart = false
      }
      if depth > 2 * YAMLDocument.depthLimit || (atStart && column > Self.indentLimit) {
        throw .tooDeep(at: SourceSpan(file: file, line: line, column: column))
      }
    }
  }

  /// Refuses `*name` where `&name` stands somewhere too. It looks for more than the parser would
  /// take for an alias, so that none gets through: a few aliases of aliases as a key would keep
  /// the parser busy for years.
  private func checkAliases() throws(YAMLError) {
    let bytes = Array(text.utf8)
    let anchors = Set(Self.names(after: UInt8(ascii: "&"), in: bytes).map(\.name))
    guard !anchors.isEmpty else { return }
    for (name, offset) in Self.names(after: UInt8(ascii: "*"), in: bytes)
    where anchors.contains(name) {
      throw .alias(
        String(decoding: name, as: UTF8.self), at: Self.span(of: offset, in: bytes, file: file))
    }
  }

  private static func names(
    after mark: UInt8, in bytes: [UInt8]
  ) -> [(name: ArraySlice<UInt8>, offset: Int)] {
    var found: [(ArraySlice<UInt8>, Int)] = []
    for (index, byte) in bytes.enumerated() where byte == mark {
      let name = bytes[(index + 1)...].prefix { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
      if !name.isEmpty { found.append((name, index)) }
    }
    return found
  }

  /// The line and column of a byte; all bytes before it are UTF-8.
  static func span(of offset: Int, in bytes: [UInt8], file: String) -> SourceSpan {
    let before = bytes[..<offset]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1
    return SourceSpan(file: file, line: line, column: column)
  }
}
