import Diagnostics

/// Findings as people read them: first a line that editors understand, then what stands there.
///
/// ```
/// board.dts:7:3: error: the SPI has flag 8 [irq-spi-flag]
///   7 |   interrupts = <0 32 8>;
///     |   ^^^^^^^^^^^^^^^^^^^^^^
///   in /soc/mmc@1c0f000: interrupts
///   help: …
/// board.dtb: /soc/mmc@1c0f000: interrupts, offset 0x1a4: error: … [irq-spi-flag]
/// ```
struct FindingText: Sendable {
  let colour: Bool

  func text(_ report: FindingReport) async -> String {
    var counter = Counter(report)
    let told = report.files.map { file in file.findings.filter { counter.tells($0) } }
    var text = await findings(told, in: report)
    if report.judged > 1 {
      for line in summary(report) { text += line + "\n" }
    }
    if counter.untold > 0 {
      text +=
        "\(counter.untold) of them, warnings of dtc's own checks and what a rule says over and over,"
        + " are only counted: -v shows all\n"
    }
    return text
  }

  /// Which findings are told, and how many are only counted. Errors are always told.
  private struct Counter {
    /// Of a rule in one report.
    private static let mostOfARule = 50

    /// Nil where all are told.
    private let ofDTC: Set<RuleID>?
    private var told: [RuleID: Int] = [:]
    private(set) var untold = 0

    init(_ report: FindingReport) {
      let counts = report.countsRepetitions && report.judged > 1
      ofDTC = counts ? Set(report.cards.lazy.filter { $0.family == .dtc }.map(\.id)) : nil
    }

    mutating func tells(_ finding: Finding) -> Bool {
      guard let ofDTC, finding.severity < .error else { return true }
      let before = told[finding.rule, default: 0]
      told[finding.rule] = before + 1
      if before < Self.mostOfARule, !ofDTC.contains(finding.rule) { return true }
      untold += 1
      return false
    }
  }

  /// Some files at a time: a folder's report is long, and nobody waits for its parts in turn.
  private func findings(_ told: [[Finding]], in report: FindingReport) async -> String {
    let count = told.count
    let share = max(32, count / 16)
    if count <= share { return findings(told[...], in: report) }
    return await withTaskGroup(of: (start: Int, text: String).self) { group in
      for start in stride(from: 0, to: count, by: share) {
        group.addTask {
          (start, findings(told[start..<min(start + share, count)], in: report))
        }
      }
      var parts: [(start: Int, text: String)] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.start < $1.start }.map(\.text).joined()
    }
  }

  private func findings(_ told: ArraySlice<[Finding]>, in report: FindingReport) -> String {
    var text = ""
    for findings in told {
      for finding in findings { write(finding, in: report, to: &text) }
    }
    return text
  }

  private func write(_ finding: Finding, in report: FindingReport, to text: inout String) {
    // Piece by piece: there are very many, and each string made on the way costs more than its letters.
    text += visible(finding.place.head)
    text += ": "
    text += label(finding.severity)
    text += ": "
    text += visible(finding.message)
    text += " ["
    text += finding.rule.rawValue
    for alias in finding.aliases {
      text += ", dtc: "
      text += alias.rawValue
    }
    text += "]\n"
    for line in excerpt(finding.place, in: report) { text += line + "\n" }
    if finding.place.line != nil, let node = finding.place.node {
      text += "  in " + visible(node)
      if let property = finding.place.property { text += ": " + visible(property) }
      text += "\n"
    }
    for note in finding.notes {
      text += "  note: "
      text += visible(note)
      text += "\n"
    }
    if let help = finding.help {
      text += "  help: "
      text += visible(help)
      text += "\n"
    }
    if let fix = finding.fix {
      text += "  fix (\(fix.safety.rawValue)): " + visible(fix.title) + "\n"
    }
  }

  /// The line in question with a mark below it. Tabs become one blank, so that the mark stands right.
  private func excerpt(_ place: Finding.Place, in report: FindingReport) -> [String] {
    guard let number = place.line, let line = report.line(number, of: place.file) else { return [] }
    let gutter = String(number)
    let blank = String(repeating: " ", count: gutter.count)
    let scalars = Array(line.unicodeScalars)
    // A line that nobody wrote by hand says nothing to anybody.
    guard scalars.count <= Self.longestLine else { return [] }
    let shown = visible(line.replacing("\t", with: " "))
    guard let column = place.column, column >= 1, column <= scalars.count else {
      return ["  \(gutter) | \(shown)"]
    }
    var end = scalars.count + 1
    if let endColumn = place.endColumn, (place.endLine ?? number) == number, endColumn > column {
      end = min(endColumn, end)
    }
    // What is shown of a letter can be wider than one column, or nothing.
    func width(_ part: ArraySlice<Unicode.Scalar>) -> Int {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: part)
      return TerminalWidth.of(visible(String(text).replacing("\t", with: " ")))
    }
    let mark =
      String(repeating: " ", count: width(scalars[..<(column - 1)]))
      + String(repeating: "^", count: max(1, width(scalars[(column - 1)..<(end - 1)])))
    return ["  \(gutter) | \(shown)", "  \(blank) | \(mark)"]
  }

  /// How often which rule spoke, and of which files most.
  private func summary(_ report: FindingReport) -> [String] {
    // A rule can be worse at one place than at another.
    struct Kind: Hashable {
      let rule: RuleID
      let severity: Severity
    }
    struct Tally {
      var count = 0
      var files = 0
      var lastFile: Int?

      mutating func add(_ file: Int) {
        count += 1
        if lastFile != file { files += 1 }
        lastFile = file
      }
    }
    var byRule: [Kind: Tally] = [:]
    for (number, file) in report.files.enumerated() {
      for finding in file.findings {
        byRule[Kind(rule: finding.rule, severity: finding.severity), default: Tally()].add(number)
      }
    }
    var lines: [String] = []
    if !byRule.isEmpty {
      lines += ["", "by rule"]
      var table = TextTable([.right, .left, .left, .right])
      for (kind, entry) in byRule.sorted(by: {
        (-$0.value.count, $0.key.rule) < (-$1.value.count, $1.key.rule)
      }) {
        table.add(
          "\(entry.count)", kind.severity.rawValue, kind.rule.rawValue,
          "in \(entry.files) file\(entry.files == 1 ? "" : "s")")
      }
      lines += table.lines()
      lines += ["", "by file"]
      table = TextTable([.right])
      let files = report.files.filter { !$0.findings.isEmpty }
        .sorted { (-$0.findings.count, $0.name) < (-$1.findings.count, $1.name) }
      for file in files.prefix(Self.filesShown) {
        table.add("\(file.findings.count)", visible(file.name))
      }
      lines += table.lines()
      if files.count > Self.filesShown {
        lines.append("  … and \(files.count - Self.filesShown) more")
      }
    }
    let clean = report.files.count { $0.isJudged && $0.findings.isEmpty }
    lines += ["", "\(report.judged) files, \(clean) of them clean: \(report.totals)"]
    return lines
  }

  private static let filesShown = 20
  private static let longestLine = 400

  private func label(_ severity: Severity) -> String {
    DiagnosticText(colour: colour).label(severity)
  }

  private func visible(_ text: String) -> String { DiagnosticText.visible(text) }
}

extension Finding.Place {
  /// What stands before the message: the line where there is one, else node and offset.
  fileprivate var head: String {
    guard let line else { return description }
    return file + ":\(line)" + (column.map { ":\($0)" } ?? "")
  }
}
