public import Diagnostics

/// A rule for programs.
public struct RuleRecord: Encodable, Sendable {
  struct Example: Encodable {
    let source: String
    let xen: String?
  }

  let id: String
  let family: String
  let severity: String
  let since: String
  let summary: String
  let why: String
  let context: String
  let evidence: String
  let aliases: [String]
  let after: [String]
  let source: String
  let bad: [Example]
  let good: [Example]
  let optional: Bool

  public init(_ card: RuleCard) {
    id = card.id.rawValue
    family = card.family.rawValue
    severity = card.severity.rawValue
    since = card.since
    summary = card.summary
    why = card.why
    context = card.context.rawValue
    evidence = card.evidence.words
    aliases = card.aliases.map(\.rawValue)
    after = card.after.map(\.rawValue)
    source = card.source
    bad = card.bad.map { Example(source: $0.unmarked, xen: $0.target.xen) }
    good = card.good.map { Example(source: $0.unmarked, xen: $0.target.xen) }
    optional = card.isOptional
  }
}
