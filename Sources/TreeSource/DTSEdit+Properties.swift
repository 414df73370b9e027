import Diagnostics

/// A property as it stands in a text: `reg = <1 2>;`, by tokens.
private struct PropertyStatement {
  let name: Int
  /// The `;`.
  let end: Int
}

extension DTSEdit {
  func setting(
    _ property: String, of node: String, to value: String, in source: SourceText
  ) throws(DTSEditRefusal) -> ByteEdit {
    let statement = try statement(property, of: node, in: source)
    let name = source.tokens[statement.name].range
    let end = source.tokens[statement.end].range
    guard !value.isEmpty else {
      return ByteEdit(range: name.upperBound..<end.lowerBound, replacement: [])
    }
    // An empty property becomes `name = value;`, any other keeps what stands around its value.
    guard statement.end > statement.name + 2 else {
      return ByteEdit(
        range: name.upperBound..<end.lowerBound, replacement: Array(" = \(value)".utf8))
    }
    let first = source.tokens[statement.name + 2].range
    let last = source.tokens[statement.end - 1].range
    return ByteEdit(
      range: first.lowerBound..<last.upperBound, replacement: Array(value.utf8))
  }

  /// The statement alone, or its lines where nothing else stands on them.
  func removing(
    _ property: String, of node: String, in source: SourceText
  ) throws(DTSEditRefusal) -> ByteEdit {
    let statement = try statement(property, of: node, in: source)
    // An earlier definition, which this one replaced, would be in force again.
    let places = map.places(of: node)
    guard places.count == 1 else { throw .severalPlaces(node, count: places.count) }
    if statement.name > 0, source.tokens[statement.name - 1].kind == .label {
      throw .labelled("\(node): \(property)")
    }
    let range =
      source.tokens[statement.name].range.lowerBound..<source.tokens[statement.end].range.upperBound
    return ByteEdit(range: source.widened(range), replacement: [])
  }

  private func statement(
    _ property: String, of node: String, in source: SourceText
  ) throws(DTSEditRefusal) -> PropertyStatement {
    let what = "\(node): \(property)"
    let ranges = map.ranges(of: property, in: node)
    let own = ranges.filter { $0.file == file }
    guard let range = own.last else { throw .notInFile(what) }
    guard ranges.count == 1 else { throw .severalPlaces(what, count: ranges.count) }
    guard let column = range.column, let endColumn = range.endColumn else { throw .macro(what) }
    guard let start = source.offset(line: range.line, column: column),
      let stop = source.offset(line: range.endLine, column: endColumn),
      let name = source.token(startingAt: start),
      source.isToken(name, property.utf8) || source.isToken(name, "\\\(property)".utf8)
    else { throw .changed(what) }
    var end = name + 1
    while end < source.tokens.count, !source.isToken(end, ";".utf8) {
      // A line of cpp's within the value: what the value is depends on it.
      if source.tokens[end].kind == .directive { throw .macro(what) }
      end += 1
    }
    guard end < source.tokens.count else { throw .changed(what) }
    // A macro may hold the semicolon, so that the next one in the text is another property's.
    guard source.tokens[end].range.upperBound == stop else { throw .macro(what) }
    guard end == name + 1 || (source.isToken(name + 1, "=".utf8) && end > name + 2) else {
      throw .changed(what)
    }
    return PropertyStatement(name: name, end: end)
  }

  /// A value has whole tokens of which none would end the property, and nothing between them but
  /// spaces.
  static func check(value: String) throws(DTSEditRefusal) {
    guard let text = SourceText(Array(value.utf8)), text.lineCount == 1 else {
      throw .unwritable(value)
    }
    var end = 0
    for (index, token) in text.tokens.enumerated() {
      let isBetweenSpaces = text.bytes[end..<Int(token.start)].allSatisfy { $0 == 0x20 }
      let isWritable =
        switch token.kind {
        case .punctuation: !";{}/\\".utf8.contains(text.bytes[Int(token.start)])
        case .string, .character:
          token.range.count > 1 && text.bytes[Int(token.end) - 1] == text.bytes[Int(token.start)]
        case .comment, .directive, .marker: false
        case .keyword: text.isToken(index, "/bits/".utf8) || text.isToken(index, "/incbin/".utf8)
        case .word, .label, .reference: true
        }
      guard isBetweenSpaces, isWritable else { throw .unwritable(value) }
      end = Int(token.end)
    }
    guard end == text.bytes.count, value.isEmpty == text.tokens.isEmpty else {
      throw .unwritable(value)
    }
  }
}

extension SourceText {
  /// The range, or the whole of its lines if nothing else stands on them.
  func widened(_ range: Range<Int>) -> Range<Int> {
    guard let first = line(line(of: range.lowerBound)), let last = line(line(of: range.upperBound)),
      bytes[first.lowerBound..<range.lowerBound].allSatisfy(\.isLineSpace),
      bytes[range.upperBound..<last.upperBound].allSatisfy(\.isLineSpace)
    else { return range }
    return first.lowerBound..<min(last.upperBound + 1, bytes.count)
  }
}
