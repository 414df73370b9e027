import Diagnostics

/// Every rule for scripts. Each group has its own list, beside its rules: a new rule is a file and a
/// line there.
enum ScriptRules {
  static let all: [any ScriptRule.Type] =
    (syntax + variables + files + memory + tree + boot).map { (id: $0.card.id, rule: $0) }
    .sorted { $0.id < $1.id }.map { $0.rule }
    + environment
}
