public import Diagnostics

/// What was found in some files, for every format to print.
public struct FindingReport: Sendable {
  /// One file that something is told of.
  public struct File: Sendable {
    /// As the user named it, or found below the folder that the user named.
    public var name: String
    public var findings: [Finding]
    /// Findings that somebody has accepted, and why.
    public var accepted: [Accepted]
    /// Whether it was to be judged. A project file or a baseline only had its say about others.
    public var isJudged: Bool

    public init(
      name: String, findings: [Finding], accepted: [Accepted] = [], isJudged: Bool = true
    ) {
      self.name = name
      self.findings = findings
      self.accepted = accepted
      self.isJudged = isJudged
    }
  }

  /// A finding that is not to be told again.
  public struct Accepted: Sendable {
    /// Where that is said.
    public enum Place: Sendable { case source, project, baseline }

    public var finding: Finding
    public var place: Place
    public var reason: String

    public init(_ finding: Finding, in place: Place, reason: String) {
      self.finding = finding
      self.place = place
      self.reason = reason
    }
  }

  /// In the order in which they are told.
  public var files: [File]
  /// The lines of the source texts that findings stand in, for excerpts.
  public var sources: [String: [String]]
  /// ctboot's own version.
  public var version: String
  /// The cards of all rules that can be meant.
  public var cards: [RuleCard]
  /// Whether the text about several files only counts what dtc warns of by itself, and what a rule
  /// warns of over and over: in a folder of trees that is mostly style, and buries the rest. Formats
  /// for machines have all of it.
  public var countsRepetitions = false

  public init(
    files: [File], sources: [String: [String]] = [:], version: String, cards: [RuleCard]
  ) {
    self.files = files
    self.sources = sources
    self.version = version
    self.cards = cards
  }

  public var findings: some Sequence<Finding> { files.lazy.flatMap(\.findings) }

  /// How many files were judged.
  var judged: Int { files.count(where: \.isJudged) }

  /// The text of a line, counted from 1.
  func line(_ number: Int?, of file: String) -> String? {
    guard let number, let lines = sources[file], number >= 1, number <= lines.count else {
      return nil
    }
    return lines[number - 1]
  }

  /// How many findings there are of a severity.
  public func count(_ severity: Severity) -> Int {
    var count = 0
    for file in files.indices {
      // By number: to take a finding out costs more than to look at it.
      for index in files[file].findings.indices
      where files[file].findings[index].severity == severity { count += 1 }
    }
    return count
  }

  /// `3 errors, 1 warning`; `nothing found`.
  public var totals: String {
    let parts = [(Severity.error, "error"), (.warning, "warning"), (.info, "note")].compactMap {
      severity, word -> String? in
      let count = count(severity)
      return count == 0 ? nil : "\(count) \(word)\(count == 1 ? "" : "s")"
    }
    return parts.isEmpty ? "nothing found" : parts.joined(separator: ", ")
  }
}

/// The formats that findings are printed in. Each has a file of its own.
public enum FindingFormat: String, Sendable, Hashable, CaseIterable {
  case text, json, sarif, github, gitlab, junit, rdjsonl
}

extension FindingReport {
  /// The report as text for standard output.
  ///
  /// - Parameter threshold: the least severity that makes the run fail, for formats that tell what
  ///   has failed; nil where nothing does.
  public func text(
    _ format: FindingFormat, colour: Bool = false, failingFrom threshold: Severity? = .error
  ) throws -> String {
    switch format {
    case .text: FindingText(colour: colour).text(self)
    case .json: try JSONText.text(FindingJSON(self))
    case .sarif: try JSONText.text(SARIFLog(self))
    case .github: GitHubAnnotations.text(self)
    case .gitlab: try JSONText.text(GitLabCodeQuality.issues(self))
    case .junit: JUnitReport.text(self, failingFrom: threshold)
    case .rdjsonl: try ReviewdogLines.text(self)
    }
  }
}
