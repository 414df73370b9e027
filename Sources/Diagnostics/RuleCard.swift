/// All that is to be said about a rule. Documentation, `ctboot explain`, SARIF's metadata and the
/// rule's first tests come from here.
public struct RuleCard: Sendable {
  /// Which part of a boot the rule looks at, and the heading its page stands under.
  public enum Family: String, Sendable, Hashable, CaseIterable {
    /// The bytes of a blob.
    case structure
    /// What every tree has to say.
    case tree
    /// Interrupt controller, interrupts, timer.
    case interrupts
    /// Xen's part of `/chosen`.
    case chosen
    /// Modules, memory and what lies where.
    case layout
    /// Grant table and `/hypervisor`.
    case hypervisor
    /// Guests that Xen starts by itself.
    case dom0less
    /// What is true of one SoC; the rule's id begins with the SoC's name.
    case soc
    /// A check of dtc's, under its name there.
    case dtc
    /// Boot scripts, as U-Boot's shell reads them.
    case script
    /// Environment text, as `env import` reads it.
    case uenv
    /// The files that are judged, and what is said in them to the linter.
    case input
  }

  /// When a rule has something to say.
  public enum Context: String, Sendable, Hashable, CaseIterable {
    /// For every tree.
    case always
    /// Only where Xen is to boot with the tree.
    case xen
  }

  /// What is known of the symptom.
  public enum Evidence: Sendable, Hashable {
    /// Seen on the console of this version of Xen (or in its ring, where the line stays silent).
    case seen(String, version: String)
    /// Nothing on the serial line at all, seen with this version.
    case silence(version: String)
    /// Booted with this version, which did not mind.
    case tolerated(version: String)
    /// Read in a source or specification, and not reproduced here.
    case read
  }

  public let id: RuleID
  public let family: Family
  public let severity: Severity
  /// The release of ctboot that had it first.
  public let since: String
  /// One sentence that names the problem, without a full stop.
  public let summary: String
  /// Why it bites, and what is seen of it on the console.
  public let why: String
  public let context: Context
  public let evidence: Evidence
  /// Checks of dtc's that say the same.
  public let aliases: [RuleID]
  /// Rules whose findings make this one silent at the same node (for dtc's checks: in the same
  /// tree), so that one mistake gives one message.
  public let after: [RuleID]
  /// Where the rule's facts come from.
  public let source: String
  public var bad: [RuleExample] { makeBad() }
  public var good: [RuleExample] { makeGood() }
  /// Off unless selected.
  public let isOptional: Bool

  /// Examples are for documentation and tests; a linter of trees makes cards at each start, and has no
  /// time for those.
  private let makeBad: @Sendable () -> [RuleExample]
  private let makeGood: @Sendable () -> [RuleExample]

  public init(
    id: RuleID, family: Family, severity: Severity, since: String = "0.2", summary: String,
    why: String, context: Context = .always, evidence: Evidence = .read, aliases: [RuleID] = [],
    after: [RuleID] = [], source: String, bad: @autoclosure @escaping @Sendable () -> [RuleExample],
    good: @autoclosure @escaping @Sendable () -> [RuleExample], isOptional: Bool = false
  ) {
    self.id = id
    self.family = family
    self.severity = severity
    self.since = since
    self.summary = summary
    self.why = why
    self.context = context
    self.evidence = evidence
    self.aliases = aliases
    self.after = after
    self.source = source
    makeBad = bad
    makeGood = good
    self.isOptional = isOptional
  }
}
