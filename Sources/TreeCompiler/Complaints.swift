import Diagnostics
import TreeSource

/// Turns dtc's complaints into findings, where people look for them.
struct Complaints {
  let input: TreeCompiler.Input
  let files: SourceFiles
  let map: SourceMap

  /// The rule of a text that cpp or dtc cannot read.
  static let syntax: RuleID = "dts-syntax"

  func findings(_ complaints: [Complaint]) -> [Finding] {
    let words = places(of: complaints)
    var found: [String: References] = [:]
    // What made dtc give up is mostly told before, with its place.
    let isExplained = complaints.contains { !$0.isFatal }
    let isBegun =
      !complaints.contains(where: \.isSyntaxError) || !files.places(of: [Self.beginning]).isEmpty
    return complaints.compactMap { complaint in
      if complaint.isFatal, isExplained { return nil }
      var finding = Finding(
        complaint.check.map { RuleID(String($0)) } ?? Self.syntax, .error, complaint.sentence,
        at: place(complaint),
        help: complaint.isSyntaxError && !isBegun ? Self.toBegin : complaint.help)
      let places = complaint.word.flatMap { words[$0] } ?? []
      switch complaint.check {
      case "duplicate_label": showLabel(places, &finding)
      case "phandle_references", "path_references": showReference(places, &found, &finding)
      default:
        if complaint.place == nil, let range = places.first { finding.place.move(to: range) }
      }
      return finding
    }
  }

  /// Without it dtc takes nothing that follows.
  private static let beginning = "/dts-v1/"
  private static let toBegin = "begin the source with `/dts-v1/;`"

  /// Where one cannot say more than that it went wrong.
  static func unclear(_ file: String, _ messages: String, _ sentence: String) -> Finding {
    let last = messages.split(separator: "\n").last.map { ": \($0)" } ?? ""
    return Finding(syntax, .error, sentence + last, at: Finding.Place(file: file))
  }

  private func places(of complaints: [Complaint]) -> [String: [SourceRange]] {
    let words = Set(complaints.compactMap(\.word))
    return words.isEmpty ? [:] : files.places(of: words)
  }

  private func place(_ complaint: Complaint) -> Finding.Place {
    var place = Finding.Place(
      file: input.name, node: complaint.node.map(String.init),
      property: complaint.property.map(String.init))
    guard let there = complaint.place, there.line > 0 else { return place }
    place.file = there.file
    place.line = there.line
    place.column = files.column(file: there.file, line: there.line, byteColumn: there.column)
    // An end is worth nothing without a start.
    guard place.column != nil else { return place }
    place.endColumn = files.column(
      file: there.file, line: there.endLine, byteColumn: there.endColumn)
    if place.endColumn != nil { place.endLine = there.endLine }
    return place
  }

  /// dtc shows the node; the label stands before it.
  private func showLabel(_ places: [SourceRange], _ finding: inout Finding) {
    let (line, column) = (finding.place.line ?? .max, finding.place.column ?? .max)
    let label = places.last {
      $0.file == finding.place.file && ($0.line, $0.column ?? 0) <= (line, column)
    }
    guard let label else { return }
    finding.place.move(to: label)
    finding.notes = places.filter { $0 != label }.prefix(8).map {
      "it also stands at \($0.file):\($0.line)" + ($0.column.map { ":\($0)" } ?? "")
    }
  }

  /// dtc shows the node; the reference stands in one of its properties. Of several in one node each
  /// complaint gets the next.
  private func showReference(
    _ places: [SourceRange], _ found: inout [String: References], _ finding: inout Finding
  ) {
    guard let node = finding.place.node else { return }
    let key = "\(node) \(finding.message)"
    var references = found[key] ?? References(places, in: map.properties(of: node))
    if let (property, range) = references.next() {
      finding.place.move(to: range)
      finding.place.property = property
    }
    found[key] = references
  }
}

/// Where a node refers to one label, property by property.
private struct References {
  private var places: [(property: String, range: SourceRange)] = []
  private var number = 0

  init(_ places: [SourceRange], in properties: [String: [SourceRange]]) {
    func start(_ range: SourceRange) -> (String, Int, Int) {
      (range.file, range.line, range.column ?? 0)
    }
    let sorted = properties.flatMap { name, ranges in ranges.map { (name, $0) } }
      .sorted { start($0.1) < start($1.1) }
    for place in places {
      // The last property that begins before the place is the only one that can hold it.
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if start(sorted[middle].1) <= start(place) { low = middle + 1 } else { high = middle }
      }
      if low > 0, sorted[low - 1].1.contains(place) {
        self.places.append((sorted[low - 1].0, place))
      }
    }
  }

  /// The next of them; the last one again where there are no more.
  mutating func next() -> (property: String, range: SourceRange)? {
    guard !places.isEmpty else { return nil }
    defer { number = min(number + 1, places.count - 1) }
    return places[number]
  }
}

extension SourceFiles {
  /// The input and the files of those names.
  static func reading(
    _ input: TreeCompiler.Input, and names: [String]
  ) -> (sources: SourceFiles, texts: [String: [UInt8]]) {
    let texts = SourceReader.texts(of: names, besides: [input.name: input.text])
    return (SourceFiles(texts: texts, preprocessed: input.preprocessed), texts)
  }
}
