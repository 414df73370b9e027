/// DTS text as the few tokens that tell where statements begin and end: comments, braces and
/// semicolons. Texts in quotes are passed over, so that nothing in them counts.
struct StatementScanner {
  enum Kind: Equatable {
    /// What stands between the marks of a comment.
    case comment(String)
    case open, close, semicolon
    /// Anything else that is no blank.
    case other
  }

  struct Token {
    let kind: Kind
    /// Where it begins, from 1.
    let line: Int
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func next() -> Token? {
    while position < bytes.count {
      let start = line
      switch bytes[position] {
      case UInt8(ascii: "\n"):
        line += 1
        position += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        position += 1
      case UInt8(ascii: "/") where follows(UInt8(ascii: "*")):
        return Token(kind: .comment(blockComment()), line: start)
      case UInt8(ascii: "/") where follows(UInt8(ascii: "/")):
        return Token(kind: .comment(lineComment()), line: start)
      case UInt8(ascii: "\""):
        passText()
        return Token(kind: .other, line: start)
      case UInt8(ascii: "{"):
        position += 1
        return Token(kind: .open, line: start)
      case UInt8(ascii: "}"):
        position += 1
        return Token(kind: .close, line: start)
      case UInt8(ascii: ";"):
        position += 1
        return Token(kind: .semicolon, line: start)
      default:
        position += 1
        return Token(kind: .other, line: start)
      }
    }
    return nil
  }

  private func follows(_ byte: UInt8) -> Bool {
    position + 1 < bytes.count && bytes[position + 1] == byte
  }

  private mutating func blockComment() -> String {
    let start = position + 2
    position = start
    while position < bytes.count,
      !(bytes[position] == UInt8(ascii: "*") && follows(UInt8(ascii: "/")))
    {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
    defer { position = min(position + 2, bytes.count) }
    return String(decoding: bytes[min(start, position)..<position], as: UTF8.self)
  }

  private mutating func lineComment() -> String {
    let start = position + 2
    position = start
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func passText() {
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    position = min(position + 1, bytes.count)
  }
}
