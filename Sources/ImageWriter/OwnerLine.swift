import Diagnostics

/// One line of an owner map, cut into words.
struct OwnerLine {
  private let bytes: ArraySlice<UInt8>
  private let number: Int
  private let file: String

  init(_ bytes: ArraySlice<UInt8>, number: Int, file: String) {
    self.bytes = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    self.number = number
    self.file = file
  }

  /// Nil for an empty line or a comment.
  func rule() throws(OwnerMapError) -> OwnerMap.Rule? {
    let words = words
    guard let path = words.first else { return nil }
    guard path.first == UInt8(ascii: "/") else { throw fault(.noSlash(text(path)), at: path) }
    let pattern: OwnerPattern
    do { pattern = try OwnerPattern(path) } catch { throw fault(error.fault, at: path) }
    guard words.count > 1 else { throw fault(.missing("user"), at: bytes.suffix(0)) }
    guard words.count > 2 else { throw fault(.missing("group"), at: bytes.suffix(0)) }
    var ownership = OwnerMap.Ownership(owner: try id(words[1]), group: try id(words[2]))
    if words.count > 3 { ownership.permissions = try permissions(words[3]) }
    if words.count > 4 { throw fault(.extra(text(words[4])), at: words[4]) }
    return OwnerMap.Rule(pattern: pattern, ownership: ownership, line: number)
  }

  /// Between blanks that no `\` stands before; `#` at the start of a word ends the line.
  private var words: [ArraySlice<UInt8>] {
    var words: [ArraySlice<UInt8>] = []
    var start: Int?
    var isEscaped = false
    for (index, byte) in zip(bytes.indices, bytes) {
      let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      if isBlank, !isEscaped {
        if let begin = start { words.append(bytes[begin..<index]) }
        start = nil
      } else if start == nil {
        if byte == UInt8(ascii: "#") { return words }
        start = index
      }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    if let start { words.append(bytes[start...]) }
    return words
  }

  private func id(_ word: ArraySlice<UInt8>) throws(OwnerMapError) -> UInt32 {
    guard word.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let id = UInt32(text(word)), id != .max
    else { throw fault(.number(text(word)), at: word) }
    return id
  }

  private func permissions(_ word: ArraySlice<UInt8>) throws(OwnerMapError) -> UInt16 {
    guard (3...4).contains(word.count),
      word.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }),
      let bits = UInt16(text(word), radix: 8)
    else { throw fault(.permissions(text(word)), at: word) }
    return bits
  }

  private func text(_ word: ArraySlice<UInt8>) -> String {
    String(decoding: word, as: UTF8.self).unicodeScalars.reduce(into: "") {
      $0 += $1.value < 0x20 || $1.value == 0x7F ? $1.escaped(asASCII: true) : String($1)
    }
  }

  /// A column is a Unicode scalar, as everywhere.
  private func fault(_ fault: OwnerMapFault, at word: ArraySlice<UInt8>) -> OwnerMapError {
    let before = String(decoding: bytes[..<word.startIndex], as: UTF8.self)
    let column = before.unicodeScalars.count + 1
    return .line(SourceSpan(file: file, line: number, column: column), fault)
  }
}
