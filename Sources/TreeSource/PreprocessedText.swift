/// Output of cpp, and the lines of the sources that its lines come from.
struct PreprocessedText: Sendable {
  private struct LineKey: Hashable {
    let file: String
    let line: Int
  }

  /// A line's tokens, and which token of its source line each is; nil for those of a macro.
  private struct Alignment {
    let tokens: Range<Int>
    let sourceTokens: [Int32?]
  }

  /// The files that cpp read.
  let files: Set<String>
  private let text: SourceText
  private let sources: [String: SourceText]
  private let alignments: [LineKey: Alignment]

  init(_ text: SourceText, sources: [String: SourceText]) {
    self.text = text
    self.sources = sources
    var files: Set<String> = []
    var alignments: [LineKey: Alignment] = [:]
    var unclear: Set<LineKey> = []
    var place = LineKey(file: "", line: 0)
    for number in 1...max(1, text.lineCount) {
      let tokens = text.tokens(onLine: number)
      // As dtc counts: a marker names the line behind its own.
      if let first = tokens.first, text.tokens[first].kind == .marker,
        let marker = LineMarker(text.tokens[first], in: text.bytes)
      {
        files.insert(marker.file)
        place = LineKey(file: marker.file, line: marker.line)
        continue
      }
      defer { place = LineKey(file: place.file, line: place.line &+ 1) }
      guard !tokens.isEmpty, let source = sources[place.file] else { continue }
      let alignment = Self.align(text, tokens, source, source.tokens(onLine: place.line))
      // A file that was included twice may have been expanded in two ways.
      if let other = alignments.updateValue(alignment, forKey: place),
        !text.bytes[text.extent(of: other.tokens)]
          .elementsEqual(text.bytes[text.extent(of: alignment.tokens)])
      {
        unclear.insert(place)
      }
    }
    for place in unclear { alignments[place] = nil }
    self.files = files
    self.alignments = alignments
  }

  /// Compares two lines statement by statement, if they have the same semicolons and braces, else
  /// as a whole; of each statement the tokens that agree from its start or from its end.
  private static func align(
    _ text: SourceText, _ tokens: Range<Int>, _ source: SourceText, _ sourceTokens: Range<Int>
  ) -> Alignment {
    var found = [Int32?](repeating: nil, count: tokens.count)
    var statements = text.statements(in: tokens)
    var sourceStatements = source.statements(in: sourceTokens)
    let isAlike = statements.elementsEqual(sourceStatements) {
      text.bytes[text.tokens[$0.upperBound - 1].range]
        .elementsEqual(source.bytes[source.tokens[$1.upperBound - 1].range])
    }
    if !isAlike { (statements, sourceStatements) = ([tokens], [sourceTokens]) }
    for (statement, other) in zip(statements, sourceStatements) {
      func agree(_ token: Int, _ sourceToken: Int) -> Bool {
        guard
          text.bytes[text.tokens[token].range]
            .elementsEqual(source.bytes[source.tokens[sourceToken].range])
        else { return false }
        found[token - tokens.lowerBound] = Int32(truncatingIfNeeded: sourceToken)
        return true
      }
      let shorter = min(statement.count, other.count)
      var (prefix, suffix) = (0, 0)
      while prefix < shorter, agree(statement.lowerBound + prefix, other.lowerBound + prefix) {
        prefix += 1
      }
      while suffix < shorter - prefix,
        agree(statement.upperBound - 1 - suffix, other.upperBound - 1 - suffix)
      {
        suffix += 1
      }
    }
    return Alignment(tokens: tokens, sourceTokens: found)
  }

  /// Where the place is in the source; see `SourceFiles.offset`.
  func offset(file: String, line: Int, byteColumn: Int, isEnd: Bool) -> Int? {
    guard let alignment = alignments[LineKey(file: file, line: line)],
      let source = sources[file], let first = alignment.tokens.first
    else { return nil }
    let start = text.line(of: Int(text.tokens[first].start))
    guard let offset = text.offset(line: start, byteColumn: byteColumn),
      let token = isEnd ? text.token(endingAt: offset) : text.token(startingAt: offset),
      alignment.tokens.contains(token)
    else { return nil }
    guard let sourceToken = alignment.sourceTokens[token - first] else { return nil }
    let range = source.tokens[Int(sourceToken)].range
    return isEnd ? range.upperBound : range.lowerBound
  }
}

extension SourceText {
  /// The tokens up to each semicolon or brace, that among them; and those behind the last.
  fileprivate func statements(in range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = range.lowerBound
    for token in range where tokens[token].kind == .punctuation {
      guard ";{}".utf8.contains(bytes[Int(tokens[token].start)]) else { continue }
      found.append(start..<token + 1)
      start = token + 1
    }
    if start < range.upperBound { found.append(start..<range.upperBound) }
    return found
  }
}
