extension SourceFiles {
  /// Where words stand in the sources, comments and strings left out: `&label`, `label:`, or a
  /// string with its quotes. One look through all files serves for all words; the places of each
  /// come by file and line.
  public func places(of words: Set<String>) -> [String: [SourceRange]] {
    var wanted: [[UInt8]: String] = [:]
    for word in words { wanted[Array(word.utf8)] = word }
    let longest = wanted.keys.map(\.count).max() ?? 0
    var places: [String: [SourceRange]] = [:]
    for file in texts.keys.sorted() {
      guard let text = texts[file] else { continue }
      for (index, token) in text.tokens.enumerated() where token.range.count <= longest {
        guard let word = wanted[Array(text.bytes[token.range])],
          let range = text.range(of: index, file: file)
        else { continue }
        places[word, default: []].append(range)
      }
    }
    return places
  }
}
