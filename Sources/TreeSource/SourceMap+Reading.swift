extension SourceMap {
  /// The places that dtc tells, as columns of the source.
  public init(_ annotated: AnnotatedSource, in files: SourceFiles) {
    let finder = PlaceFinder(names: annotated.files, files: files)
    for node in annotated.nodes {
      // A tree with namesakes has two nodes of one path; they are shown as one.
      var made = nodes[node.path] ?? Node()
      let name = node.path.split(separator: "/").last.map { Array($0.utf8) } ?? Array("/".utf8)
      made.places += node.places.map { finder.nodePlace($0, name: name) }
      for property in node.properties where !property.places.isEmpty {
        made.properties[property.name, default: []] += property.places.map {
          finder.property($0, name: Array(property.name.utf8))
        }
      }
      nodes[node.path] = made
    }
  }
}

/// Turns dtc's places into ranges of the source, and makes sure that what stands there is what dtc
/// says: a file may have changed since.
private struct PlaceFinder {
  let names: [String]
  let files: SourceFiles

  func property(_ place: AnnotatedSource.Place, name: [UInt8]) -> SourceRange {
    let (text, start) = start(of: place)
    var isThere = false
    if let text, let start, let token = text.token(startingAt: start) {
      isThere = text.isToken(token, name) || text.isToken(token, [UInt8(ascii: "\\")] + name)
    }
    return range(of: place, in: text, from: isThere ? start : nil)
  }

  func nodePlace(_ place: AnnotatedSource.Place, name: [UInt8]) -> SourceMap.NodePlace {
    let (text, start) = start(of: place)
    guard let text, let start, let brace = text.token(startingAt: start),
      text.isToken(brace, "{".utf8)
    else {
      return SourceMap.NodePlace(
        .unknown, name: nil, body: range(of: place, in: text, from: nil))
    }
    let body = range(of: place, in: text, from: start)
    let naming = naming(before: brace, in: text, name: name)
    return SourceMap.NodePlace(
      naming, name: naming == .unknown ? nil : text.range(of: brace - 1, file: body.file),
      body: body)
  }

  private func naming(
    before brace: Int, in text: SourceText, name: [UInt8]
  ) -> SourceMap.NodePlace.Naming {
    guard brace > 0 else { return .unknown }
    if text.tokens[brace - 1].kind == .reference {
      return text.text(brace - 1).hasPrefix("&{") ? .path : .label
    }
    let isNamed =
      text.isToken(brace - 1, name) || text.isToken(brace - 1, [UInt8(ascii: "\\")] + name)
    return isNamed ? .name : .unknown
  }

  private func start(of place: AnnotatedSource.Place) -> (SourceText?, Int?) {
    let file = names[place.file]
    let start = files.offset(
      file: file, line: place.line, byteColumn: place.column, isEnd: false)
    return (files.texts[file], start)
  }

  private func range(
    of place: AnnotatedSource.Place, in text: SourceText?, from start: Int?
  ) -> SourceRange {
    let file = names[place.file]
    var range = (column: Int?.none, endColumn: Int?.none)
    if let text, let start {
      range.column = text.column(of: start)
      let end = files.offset(
        file: file, line: place.endLine, byteColumn: place.endColumn, isEnd: true)
      // Where a macro's arguments go over several lines, the end stands behind dtc's line.
      if let end, end > start { range.endColumn = text.column(of: end) }
    }
    return SourceRange(
      file: file, line: place.line, column: range.column, endLine: place.endLine,
      endColumn: range.endColumn)
  }
}

extension SourceText {
  func range(of token: Int, file: String) -> SourceRange? {
    guard tokens.indices.contains(token) else { return nil }
    let range = tokens[token].range
    return SourceRange(
      file: file, line: line(of: range.lowerBound), column: column(of: range.lowerBound),
      endLine: line(of: range.upperBound), endColumn: column(of: range.upperBound))
  }
}
