import Diagnostics

/// Findings as a SARIF log, which GitHub and editors read. One run; every rule is described, whether
/// it spoke or not.
///
/// Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
struct SARIFLog: Encodable {
  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let version = "2.1.0"
  let runs: [SARIFRun]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  init(_ report: FindingReport) { runs = [SARIFRun(report)] }
}

struct SARIFRun: Encodable {
  let tool: SARIFTool
  let columnKind = "unicodeCodePoints"
  let results: [SARIFResult]

  init(_ report: FindingReport) {
    // A finding of no rule, such as an unreadable file, still needs a description.
    let known = Dictionary(
      report.cards.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var rules = report.cards.map(SARIFRule.init)
    var others: [RuleID: Int] = [:]
    func index(_ finding: Finding) -> Int {
      if let index = known[finding.rule] ?? others[finding.rule] { return index }
      others[finding.rule] = rules.count
      rules.append(SARIFRule(id: finding.rule, severity: finding.severity))
      return rules.count - 1
    }
    var results: [SARIFResult] = []
    for file in report.files {
      results += file.findings.map { SARIFResult($0, rule: index($0), accepted: nil) }
      results += file.accepted.map {
        SARIFResult($0.finding, rule: index($0.finding), accepted: $0)
      }
    }
    self.results = results
    tool = SARIFTool(driver: SARIFDriver(semanticVersion: report.version, rules: rules))
  }
}

struct SARIFTool: Encodable { let driver: SARIFDriver }

struct SARIFDriver: Encodable {
  let name = "ctboot"
  let semanticVersion: String
  let rules: [SARIFRule]
}

struct SARIFText: Encodable {
  let text: String
}

struct SARIFRule: Encodable {
  struct Configuration: Encodable {
    let level: String
    let enabled: Bool
  }

  struct Properties: Encodable { let tags: [String] }

  let id: String
  let shortDescription: SARIFText
  let fullDescription: SARIFText
  let help: SARIFText?
  let defaultConfiguration: Configuration
  let properties: Properties

  init(_ card: RuleCard) {
    id = card.id.rawValue
    shortDescription = SARIFText(text: card.summary)
    fullDescription = SARIFText(text: card.why)
    help = SARIFText(text: "`ctboot explain \(card.id)` shows examples. Source: \(card.source)")
    defaultConfiguration = Configuration(
      level: SARIFResult.level(card.severity), enabled: !card.isOptional)
    properties = Properties(tags: ["device-tree", card.family.rawValue])
  }

  init(id: RuleID, severity: Severity) {
    self.id = id.rawValue
    shortDescription = SARIFText(text: id.rawValue)
    fullDescription = SARIFText(text: id.rawValue)
    help = nil
    defaultConfiguration = Configuration(level: SARIFResult.level(severity), enabled: true)
    properties = Properties(tags: ["device-tree"])
  }
}
