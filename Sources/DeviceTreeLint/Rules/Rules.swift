public import Diagnostics

/// Every rule. Each family has its own list, beside its rules: a new rule is a file and a line there.
enum Rules {
  static let all: [any LintRule.Type] =
    structure + tree + interrupts + chosen + layout + hypervisor + dom0less + soc + dtc
}

/// What is said about the rules, for whoever explains them.
public enum RuleCatalogue {
  /// The cards, in the order of their families and ids.
  public static let cards: [RuleCard] = Rules.all.map { $0.card }

  public static func card(_ id: RuleID) -> RuleCard? { cards.first { $0.id == id } }
}
