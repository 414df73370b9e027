import Diagnostics

extension DTSEdit {
  /// Adds a property as the first of its node.
  func adding(
    _ property: String, value: String, to node: String, in source: SourceText
  ) throws(DTSEditRefusal) -> ByteEdit {
    guard Self.isName(property) else { throw .unwritable(property) }
    let brace = try brace(of: node, in: source)
    let open = source.tokens[brace].range.upperBound
    let statement = value.isEmpty ? "\(property);" : "\(property) = \(value);"
    let line = source.line(of: open)
    guard brace + 1 < source.tokens.count, let here = source.line(line),
      let next = source.line(line + 1)
    else { throw .changed(node) }
    let first = source.tokens[brace + 1].range.lowerBound
    // Behind the brace on its line there is room only for a comment that ends there.
    guard first >= next.lowerBound, source.endsComments(open..<here.upperBound) else {
      return ByteEdit(range: open..<open, replacement: Array(" \(statement)".utf8))
    }
    let isEmpty = source.isToken(brace + 1, "}".utf8)
    let indent = source.indent(of: first) + (isEmpty ? source.indentUnit : [])
    let feed: [UInt8] = here.isEmpty || source.bytes[here.upperBound - 1] != 0x0D ? [10] : [13, 10]
    return ByteEdit(
      range: next.lowerBound..<next.lowerBound, replacement: indent + statement.utf8 + feed)
  }

  /// Writes another name before the node's brace; places that refer to it by a label stay.
  func renaming(
    _ node: String, to name: String, in source: SourceText
  ) throws(DTSEditRefusal) -> ByteEdit {
    guard Self.isName(name) else { throw .unwritable(name) }
    let places = map.places(of: node)
    let named = places.filter { $0.naming != .label }
    guard let place = named.first else { throw .notInFile(node) }
    guard named.count == 1 else { throw .severalPlaces(node, count: named.count) }
    guard place.body.file == file else { throw .notInFile(node) }
    guard place.naming == .name, let range = place.name, let column = range.column else {
      throw .macro(node)
    }
    let last = node.split(separator: "/").last ?? ""
    guard let start = source.offset(line: range.line, column: column),
      let token = source.token(startingAt: start), source.isToken(token, last.utf8)
    else { throw .changed(node) }
    return ByteEdit(range: source.tokens[token].range, replacement: Array(name.utf8))
  }

  /// The `{` of the one place in this file that makes the node.
  private func brace(of node: String, in source: SourceText) throws(DTSEditRefusal) -> Int {
    let own = map.places(of: node).filter { $0.body.file == file }
    guard let place = own.first else { throw .notInFile(node) }
    guard own.count == 1 else { throw .severalPlaces(node, count: own.count) }
    guard let column = place.body.column else { throw .macro(node) }
    guard let start = source.offset(line: place.body.line, column: column),
      let brace = source.token(startingAt: start), source.isToken(brace, "{".utf8)
    else { throw .changed(node) }
    return brace
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 255 && text.utf8.allSatisfy(\.isNameByte)
  }
}

extension SourceText {
  /// Whether no comment that begins in the range goes on behind it. It is a range without tokens.
  fileprivate func endsComments(_ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index + 1 < range.upperBound {
      guard bytes[index] == UInt8(ascii: "/") else {
        index += 1
        continue
      }
      if bytes[index + 1] == UInt8(ascii: "/") { return true }
      index += 2
      while index + 1 < range.upperBound,
        bytes[index] != UInt8(ascii: "*") || bytes[index + 1] != UInt8(ascii: "/")
      {
        index += 1
      }
      guard index + 1 < range.upperBound else { return false }
      index += 2
    }
    return true
  }

  /// The white space that the byte's line begins with.
  fileprivate func indent(of offset: Int) -> [UInt8] {
    guard let range = line(line(of: offset)) else { return [] }
    return Array(bytes[range].prefix { $0 == 0x09 || $0 == 0x20 })
  }

  /// What the text indents by: a tab, unless it has a line that begins with spaces and none that
  /// begins with a tab.
  fileprivate var indentUnit: [UInt8] {
    var spaces: [UInt8] = []
    for number in 1...max(1, lineCount) {
      guard let range = line(number), let first = bytes[range].first else { continue }
      if first == 0x09 { return [0x09] }
      let indent = bytes[range].prefix { $0 == 0x20 }
      if indent.count > 1, spaces.isEmpty || indent.count < spaces.count { spaces = Array(indent) }
    }
    return spaces.isEmpty ? [0x09] : spaces
  }
}
