public import Diagnostics

/// Every rule. Each family has its own list, beside its rules: a new rule is a file and a line there.
enum Rules {
  static let all: [any LintRule.Type] =
    structure + tree + interrupts + chosen + layout + hypervisor + dom0less + soc + dtc
}

/// What is said about the rules for trees, for whoever explains them.
public enum RuleCatalogue {
  /// The cards, in the order of their families and ids.
  public static let cards: [RuleCard] = Rules.all.map { $0.card }

  /// Rules that dtc judges by, when it compiles a source: a linter of blobs has nothing to say.
  public static let judgedByDTC = Set(
    Rules.all.filter { $0 is any SourceRule.Type }.map { $0.card.id })

  /// Checks of dtc's that find nothing by themselves.
  public static let steps = Set(Rules.all.filter { $0 is any StepRule.Type }.map { $0.card.id })
}
