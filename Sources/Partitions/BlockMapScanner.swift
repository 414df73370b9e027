/// Reads the few forms that a bmap file is made of: tags, one attribute, text, and comments between
/// them. It is no reader of XML: entities, other declarations and elements are refused.
struct BlockMapScanner {
  let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Skips white space, the declaration and comments, which may stand between all tags.
  mutating func skip() throws(BlockMapError) {
    while offset < bytes.count {
      if Self.isSpace(bytes[offset]) {
        offset += 1
      } else if starts("<!--") {
        try skip(past: "-->")
      } else if starts("<?") {
        try skip(past: "?>")
      } else {
        return
      }
    }
  }

  /// A tag that opens `name`, with its attributes.
  mutating func open(_ name: String) throws(BlockMapError) -> [String: String] {
    try skip()
    try take("<" + name)
    var attributes: [String: String] = [:]
    while true {
      let hadSpace = skipSpace()
      if starts(">") {
        offset += 1
        return attributes
      }
      let key = word()
      guard hadSpace, !key.isEmpty, attributes[key] == nil else {
        throw .unexpected(offset: offset, wanted: "`>`")
      }
      try take("=\"")
      let start = offset
      while offset < bytes.count, bytes[offset] != UInt8(ascii: "\""),
        bytes[offset] != UInt8(ascii: "<")
      { offset += 1 }
      attributes[key] = String(decoding: bytes[start..<offset], as: UTF8.self)
      try take("\"")
    }
  }

  mutating func close(_ name: String) throws(BlockMapError) {
    try skip()
    try take("</\(name)>")
  }

  /// What stands between here and the next tag, without the white space around it.
  mutating func text() -> Range<Int> {
    _ = skipSpace()
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") { offset += 1 }
    var end = offset
    while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// An element that holds text only.
  mutating func element(_ name: String) throws(BlockMapError) -> Range<Int> {
    _ = try open(name)
    let range = text()
    try close(name)
    return range
  }

  func words(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)].prefix(200), as: UTF8.self)
  }

  func starts(_ text: String) -> Bool {
    bytes[offset...].starts(with: text.utf8)
  }

  private mutating func take(_ text: String) throws(BlockMapError) {
    guard starts(text) else { throw .unexpected(offset: offset, wanted: "`\(text)`") }
    offset += text.utf8.count
  }

  private mutating func skip(past end: String) throws(BlockMapError) {
    while offset < bytes.count {
      if starts(end) {
        offset += end.utf8.count
        return
      }
      offset += 1
    }
    throw .unexpected(offset: offset, wanted: "`\(end)`")
  }

  private mutating func skipSpace() -> Bool {
    let start = offset
    while offset < bytes.count, Self.isSpace(bytes[offset]) { offset += 1 }
    return offset > start
  }

  private mutating func word() -> String {
    let start = offset
    while offset < bytes.count, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[offset] | 32)
    { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [9, 10, 13, 32].contains(byte) }
}
