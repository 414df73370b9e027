public import Diagnostics
import Hush

/// Judges scripts by rules, for a target. One linter serves for any number of files, on any thread.
public struct ScriptLinter: Sendable {
  private let target: ScriptTarget
  private let rules: Set<RuleID>

  /// - Parameter rules: those that speak. Rules that they wait for run too.
  public init(for target: ScriptTarget = ScriptTarget(), rules: Set<RuleID>) {
    self.target = target
    self.rules = rules
  }

  /// What was found in a file, and what belongs to it.
  public struct Judgement: Sendable {
    /// In the order of the text.
    public let findings: [Finding]
    /// What lines and columns count in: of an image, the text in it.
    public let text: [UInt8]
    /// The comments that allow something.
    public let allowances: CommentAllowances
  }

  /// Judges the bytes of a file, whatever they are.
  public func lint(_ bytes: [UInt8], file: String, kind: ScriptKind) -> Judgement {
    let script = ScriptContext(bytes, file: file, kind: kind, target: target)
    let cards = ScriptRuleCatalogue.cards
    var needed = rules
    for card in cards where rules.contains(card.id) { needed.formUnion(card.after) }
    var findings = ScriptFindings()
    let isForXen = script.isForXen
    for (number, rule) in ScriptRules.all.enumerated() where needed.contains(cards[number].id) {
      if cards[number].context == .xen, !isForXen { continue }
      findings.rule = number
      rule.check(script, &findings)
    }
    return Judgement(
      findings: words(sifted(findings.entries, in: script), findings, script), text: script.text,
      allowances: CommentAllowances(of: script))
  }

  /// Without findings that another rule has told the cause of, within the same command or structure.
  private func sifted(
    _ entries: [ScriptFindings.Entry], in script: ScriptContext
  ) -> [ScriptFindings.Entry] {
    let cards = ScriptRuleCatalogue.cards
    let lines = LineIndex(script.text)
    var lastOfRule: [RuleID: Set<Int>] = [:]
    for entry in entries {
      let first = lines.line(of: entry.range.lowerBound)
      lastOfRule[cards[entry.rule].id, default: []].insert(first)
    }
    return entries.filter { entry in
      guard rules.contains(cards[entry.rule].id) else { return false }
      let line = lines.line(of: entry.range.lowerBound)
      return !cards[entry.rule].after.contains { lastOfRule[$0]?.contains(line) == true }
    }.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }.map(\.element)
  }

  private func words(
    _ entries: [ScriptFindings.Entry], _ findings: ScriptFindings, _ script: ScriptContext
  ) -> [Finding] {
    let cards = ScriptRuleCatalogue.cards
    var places = PlaceCounter(script.text)
    var ends = PlaceCounter(script.text)
    // Ends come in another order than starts.
    var endPlaces: [Int: (line: Int, column: Int)] = [:]
    for offset in entries.map(\.range.upperBound).sorted() {
      endPlaces[offset] = ends.place(offset)
    }
    var told: Set<Int> = []
    return entries.map { entry in
      let card = cards[entry.rule]
      let start = places.place(entry.range.lowerBound)
      let end = endPlaces[entry.range.upperBound] ?? start
      var place = Finding.Place(file: script.file, line: start.line, column: start.column)
      place.endLine = end.line
      place.endColumn = end.column
      var notes = entry.notes
      if findings.untold(entry.rule) > 0, told.insert(entry.rule).inserted {
        notes.append("the rule has \(findings.untold(entry.rule)) more such findings in this file")
      }
      return Finding(
        card.id, entry.severity ?? card.severity, entry.message, at: place, notes: notes,
        help: entry.help)
    }
  }
}

/// Lines and columns of ascending offsets, in one pass over the text.
private struct PlaceCounter {
  private let text: [UInt8]
  private var offset = 0
  private var line = 1
  private var column = 1

  init(_ text: [UInt8]) { self.text = text }

  /// - Parameter offset: not before the last one.
  mutating func place(_ offset: Int) -> (line: Int, column: Int) {
    while self.offset < min(offset, text.count) {
      let byte = text[self.offset]
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        // A column is a Unicode scalar.
        column += 1
      }
      self.offset += 1
    }
    return (line, column)
  }
}
