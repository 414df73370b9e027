/// What cpp says about the line behind it: `# 12 "board.dts" 2`.
struct LineMarker {
  let line: Int
  let file: String

  /// Reads what follows the `#` or `#line` that ends before `start`; nil where that is no marker.
  static func parse(_ bytes: [UInt8], from start: Int) -> LineMarker? {
    var index = start
    func skipSpace() -> Bool {
      let before = index
      while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
      return index > before
    }
    guard skipSpace() else { return nil }
    let digits = index
    var line = 0
    while index < bytes.count, bytes[index].isDigit, index - digits < 9 {
      line = line &* 10 &+ Int(bytes[index] &- UInt8(ascii: "0"))
      index += 1
    }
    guard index > digits, skipSpace(), index < bytes.count, bytes[index] == UInt8(ascii: "\"")
    else { return nil }
    index += 1
    var name: [UInt8] = []
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      if bytes[index] == UInt8(ascii: "\"") {
        return LineMarker(line: line, file: String(decoding: name, as: UTF8.self))
      }
      // cpp puts a backslash before a quote and before a backslash.
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
      name.append(bytes[index])
      index += 1
    }
    return nil
  }

  /// The marker that the token is.
  init?(_ token: DTSToken, in bytes: [UInt8]) {
    var start = Int(token.start) + 1
    if bytes[start..<min(start + 4, bytes.count)].elementsEqual("line".utf8) { start += 4 }
    guard let marker = Self.parse(bytes, from: start) else { return nil }
    self = marker
  }

  private init(line: Int, file: String) {
    self.line = line
    self.file = file
  }
}
