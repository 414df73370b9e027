/// Cuts source text into tokens, in one pass. Whatever the text is, it comes to an end: a string or
/// a comment that nobody closes reaches to the end of the text.
struct DTSScanner {
  private let bytes: [UInt8]
  private let keepsComments: Bool
  private var offset = 0
  private var tokens: [DTSToken] = []
  /// Nothing but white space and comments has been met on this line.
  private var isLineStart = true

  private init(_ bytes: [UInt8], keepsComments: Bool) {
    self.bytes = bytes
    self.keepsComments = keepsComments
    tokens.reserveCapacity(bytes.count / 5)
  }

  /// - Parameter bytes: at most `SourceText.largest` of them.
  static func tokens(of bytes: [UInt8], withComments: Bool = false) -> [DTSToken] {
    var scanner = DTSScanner(bytes, keepsComments: withComments)
    while scanner.offset < bytes.count { scanner.step() }
    return scanner.tokens
  }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func step() {
    let first = bytes[offset]
    switch first {
    case UInt8(ascii: "\n"):
      isLineStart = true
      offset += 1
    case _ where first.isLineSpace: offset += 1
    case UInt8(ascii: "/") where byte(offset + 1) == UInt8(ascii: "*"):
      take(.comment, to: endOfComment(from: offset + 2))
    case UInt8(ascii: "/") where byte(offset + 1) == UInt8(ascii: "/"):
      take(.comment, to: endOfLine(from: offset))
    default:
      let (kind, end) = token(first)
      take(kind, to: end)
      isLineStart = false
    }
  }

  private mutating func take(_ kind: DTSToken.Kind, to end: Int) {
    if kind != .comment || keepsComments {
      tokens.append(
        DTSToken(
          start: Int32(truncatingIfNeeded: offset), end: Int32(truncatingIfNeeded: end), kind: kind)
      )
    }
    offset = end
  }

  /// The token that begins with the byte at `offset`.
  private func token(_ first: UInt8) -> (DTSToken.Kind, end: Int) {
    switch first {
    case UInt8(ascii: "\""): return (.string, endOfQuoted(first))
    case UInt8(ascii: "'"): return (.character, endOfQuoted(first))
    case UInt8(ascii: "#") where isLineStart:
      if isMarker { return (.marker, endOfLine(from: offset)) }
      if isDirective { return (.directive, endOfDirective()) }
    case UInt8(ascii: "&"):
      if let end = endOfReference() { return (.reference, end) }
    case UInt8(ascii: "/"):
      for word in DTSToken.keywords where matches(word, at: offset + 1) {
        let end = offset + 1 + word.count
        if byte(end) == UInt8(ascii: "/") { return (.keyword, end + 1) }
      }
    case UInt8(ascii: "\\") where byte(offset + 1).isNameByte:
      return (.word, endOfName(from: offset + 1))
    default: break
    }
    guard first.isNameByte else { return (.punctuation, offset + 1) }
    let end = endOfName(from: offset)
    let isLabel =
      byte(end) == UInt8(ascii: ":") && !first.isDigit
      && bytes[offset..<end].allSatisfy(\.isLabelByte)
    return isLabel ? (.label, end + 1) : (.word, end)
  }

  private func endOfName(from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index].isNameByte { index += 1 }
    return index
  }

  private func endOfReference() -> Int? {
    let start = offset + 1
    if byte(start) == UInt8(ascii: "{") {
      var index = start + 1
      while index < bytes.count, bytes[index].isNameByte || bytes[index] == UInt8(ascii: "/") {
        index += 1
      }
      return byte(index) == UInt8(ascii: "}") ? index + 1 : nil
    }
    var index = start
    while index < bytes.count, bytes[index].isLabelByte { index += 1 }
    return index > start && !byte(start).isDigit ? index : nil
  }

  private func endOfQuoted(_ quote: UInt8) -> Int {
    var index = offset + 1
    while index < bytes.count {
      if bytes[index] == quote { return index + 1 }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return bytes.count
  }

  private func endOfComment(from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "*"), byte(index + 1) == UInt8(ascii: "/") {
        return index + 2
      }
      index += 1
    }
    return bytes.count
  }

  private func endOfLine(from start: Int) -> Int {
    bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
  }

  private func matches(_ word: [UInt8], at start: Int) -> Bool {
    bytes.count - start >= word.count && bytes[start..<start + word.count].elementsEqual(word)
  }
}

// Lines of cpp's.
extension DTSScanner {
  /// `# 12 "file"` or `#line 12 "file"`, from the first column on. Source: dtc `dtc-lexer.l`.
  private var isMarker: Bool {
    guard offset == 0 || bytes[offset - 1] == UInt8(ascii: "\n") else { return false }
    var index = offset + 1
    if matches(Array("line".utf8), at: index) { index += 4 }
    return LineMarker.parse(bytes, from: index) != nil
  }

  private var isDirective: Bool {
    var start = offset + 1
    while byte(start) == 0x20 || byte(start) == 0x09 { start += 1 }
    let end = endOfName(from: start)
    return DTSToken.directives.contains { $0.count == end - start && matches($0, at: start) }
  }

  /// The line's end, behind any lines that a backslash or a comment joins to it.
  private func endOfDirective() -> Int {
    var index = offset
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\n"): return index
      case UInt8(ascii: "\\"): index += byte(index + 1) == 0x0D ? 3 : 2
      case UInt8(ascii: "/") where byte(index + 1) == UInt8(ascii: "*"):
        index = endOfComment(from: index + 2)
      case UInt8(ascii: "/") where byte(index + 1) == UInt8(ascii: "/"):
        return endOfLine(from: index)
      default: index += 1
      }
    }
    return bytes.count
  }
}
