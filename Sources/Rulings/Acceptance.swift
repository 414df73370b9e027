public import Diagnostics

/// What is accepted of the findings of a run, by whom, and what of that was never needed.
public struct Acceptance: Sendable {
  /// An entry of the project file: findings of these rules at these nodes of these files.
  public struct Entry: Sendable, Hashable {
    public let rules: [PathPattern]
    public let files: PathPattern
    /// Nil for all nodes.
    public let node: PathPattern?
    public let reason: String
    /// Where the project file has it.
    public let span: SourceSpan

    public init(
      rules: [PathPattern], files: PathPattern, node: PathPattern?, reason: String,
      span: SourceSpan
    ) {
      self.rules = rules
      self.files = files
      self.node = node
      self.reason = reason
      self.span = span
    }

    func accepts(_ finding: Finding, in file: String) -> Bool {
      let names = [finding.rule] + finding.aliases
      return names.contains { name in rules.contains { $0.matches(name.rawValue) } }
        && files.matches(file)
        && (node.map { node in finding.place.node.map { node.matches($0) } ?? false } ?? true)
    }
  }

  /// A finding that stays untold.
  public struct Accepted: Sendable {
    public enum Source: Sendable { case comment, project, baseline }
    public let finding: Finding
    public let source: Source
    public let reason: String
  }

  private let entries: [Entry]
  private var usedEntries: Set<Int> = []
  private var baseline: [String: Int]
  private let known: Baseline?
  private let nameInProject: @Sendable (String) -> String
  private let nameInBaseline: @Sendable (String) -> String
  /// The rules that were asked; what others would have found is not known.
  private let asked: Set<RuleID>
  private let book: RuleBook
  /// The files that were looked at, as the project and as the baseline calls them.
  private var filesOfProject: Set<String> = []
  private var filesOfBaseline: Set<String> = []

  /// - Parameters:
  ///   - asked: the rules that speak in this run.
  ///   - book: all rules that there are.
  ///   - nameInProject: what the project file calls a file that a finding names.
  ///   - nameInBaseline: the same for the baseline.
  public init(
    entries: [Entry] = [], baseline: Baseline? = nil, asked: Set<RuleID>, book: RuleBook,
    nameInProject: @escaping @Sendable (String) -> String = { $0 },
    nameInBaseline: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.entries = entries
    self.baseline = baseline?.counts ?? [:]
    known = baseline
    self.nameInProject = nameInProject
    self.nameInBaseline = nameInBaseline
    self.asked = asked
    self.book = book
  }

  /// Takes note of a file that was looked at, whether something was found in it or not.
  public mutating func note(_ file: String) {
    filesOfProject.insert(nameInProject(file))
    filesOfBaseline.insert(nameInBaseline(file))
  }

  /// Divides the findings of one file.
  ///
  /// - Parameters:
  ///   - comments: allowances of the sources that the tree was made of, by file.
  public mutating func divide(
    _ findings: [Finding], comments: [String: CommentAllowances]
  ) -> (told: [Finding], accepted: [Accepted]) {
    if entries.isEmpty, baseline.isEmpty, comments.isEmpty { return (findings, []) }
    for finding in findings { note(finding.place.file) }
    var told: [Finding] = []
    var accepted: [Accepted] = []
    var used: Set<CommentPlace> = []
    for finding in findings {
      let names = [finding.rule] + finding.aliases
      if let line = finding.place.line,
        let comment = comments[finding.place.file]?.allowances.first(where: { allowance in
          allowance.lines.contains(line) && names.contains { allowance.rules.contains($0) }
        })
      {
        used.insert(CommentPlace(file: finding.place.file, line: comment.line))
        accepted.append(Accepted(finding: finding, source: .comment, reason: comment.reason))
      } else if !entries.isEmpty,
        let entry = entries.firstIndex(where: {
          $0.accepts(finding, in: nameInProject(finding.place.file))
        })
      {
        usedEntries.insert(entry)
        accepted.append(
          Accepted(finding: finding, source: .project, reason: entries[entry].reason))
      } else if !baseline.isEmpty,
        case let fingerprint = finding.renamed(nameInBaseline).fingerprint,
        let count = baseline[fingerprint], count > 0
      {
        baseline[fingerprint] = count - 1
        accepted.append(
          Accepted(finding: finding, source: .baseline, reason: "it stands in the baseline"))
      } else {
        told.append(finding)
      }
    }
    for (file, comment) in comments.sorted(by: { $0.key < $1.key }) {
      told += complaints(comment, file: file, used: used)
    }
    return (told, accepted)
  }

  private struct CommentPlace: Hashable {
    let file: String
    let line: Int
  }

  /// A rule that nobody asked may be needed all the same, one that does not exist is not.
  private func isNeverNeeded(_ rules: [RuleID]) -> Bool {
    rules.allSatisfy { asked.contains($0) || !book.ids.contains($0) }
  }

  /// What to do about an allowance that nothing needed.
  private func help(_ names: [String], _ otherwise: String) -> String {
    for name in names where !name.contains("*") && !book.ids.contains(RuleID(name)) {
      let near = Spelling.nearest(to: name, among: book.names)
      return "there is no rule `\(name)`" + (near.map { "; did you mean `\($0)`?" } ?? "")
    }
    return otherwise
  }

  private func complaints(
    _ comments: CommentAllowances, file: String, used: Set<CommentPlace>
  ) -> [Finding] {
    let unused = comments.allowances.filter {
      !used.contains(CommentPlace(file: file, line: $0.line)) && isNeverNeeded($0.rules)
    }.map { allowance in
      let rules = allowance.rules.map { "`\($0)`" }.joined(separator: ", ")
      return Finding(
        OwnCards.unusedAllowance.id, OwnCards.unusedAllowance.severity,
        "nothing of \(rules) is found where this comment allows it",
        at: Finding.Place(file: file, line: allowance.line),
        help: help(
          allowance.rules.map(\.rawValue),
          allowance.isBehind
            ? "put the comment before what it is about: it speaks for what follows"
            : "take the comment out"))
    }
    let malformed = comments.malformed.map { line in
      Finding(
        OwnCards.malformedAllowance.id, OwnCards.malformedAllowance.severity,
        "this comment is no allowance that can be read",
        at: Finding.Place(file: file, line: line),
        help: "write `ctboot-lint: allow(RULE): REASON` before a node, property or command")
    }
    let pointless = comments.pointless.map { line in
      Finding(
        OwnCards.malformedAllowance.id, OwnCards.malformedAllowance.severity,
        "nothing follows that this comment could allow anything of",
        at: Finding.Place(file: file, line: line),
        help: "put it before the node or property that it is about")
    }
    return (unused + malformed + pointless).sorted { ($0.place.line ?? 0) < ($1.place.line ?? 0) }
  }

  /// What the project file and the baseline accept, and no file had: known when all were looked at.
  public func unused(baselineFile: String?) -> [Finding] {
    var findings = entries.indices.filter { index in
      let entry = entries[index]
      // An entry for files or rules that this run left out may well be needed.
      return !usedEntries.contains(index) && filesOfProject.contains { entry.files.matches($0) }
        && isNeverNeeded(book.ids.filter { id in entry.rules.contains { $0.matches(id.rawValue) } })
    }.map { index in
      let entry = entries[index]
      let rules = entry.rules.map { "`\($0.text)`" }.joined(separator: ", ")
      return Finding(
        OwnCards.unusedAllowance.id, OwnCards.unusedAllowance.severity,
        "nothing of \(rules) is found in the files that were linted",
        at: Finding.Place(
          file: entry.span.file, line: entry.span.line, column: entry.span.column),
        help: help(entry.rules.map(\.text), "take the entry out"))
    }
    let judged =
      known?.entries.filter {
        filesOfBaseline.contains($0.file) && asked.contains(RuleID($0.rule))
      } ?? []
    let left = Set(judged.map(\.fingerprint)).reduce(0) { $0 + (baseline[$1] ?? 0) }
    if left > 0, let baselineFile {
      findings.append(
        Finding(
          OwnCards.unusedAllowance.id, OwnCards.unusedAllowance.severity,
          "\(left) of the baseline's findings are no longer there",
          at: Finding.Place(file: baselineFile),
          help: "write it anew with `--write-baseline \(baselineFile)`"))
    }
    return findings
  }
}
