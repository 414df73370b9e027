import Diagnostics

/// Every rule for scripts. Each group has its own list, beside its rules: a new rule is a file and a
/// line there.
enum ScriptRules {
  static let all: [any ScriptRule.Type] =
    (syntax + variables + files + memory + tree + boot).sorted { $0.card.id < $1.card.id }
    + environment
}
