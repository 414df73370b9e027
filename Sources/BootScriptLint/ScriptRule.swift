public import Diagnostics

/// A rule: its card, and one function that looks. `ScriptRules.all` lists them. A rule sees values
/// only, never files.
protocol ScriptRule: Sendable {
  static var card: RuleCard { get }
  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings)
}

/// What the rules have found in one file. It knows which rule is looking.
struct ScriptFindings {
  struct Entry {
    let rule: Int
    let severity: Severity?
    let message: String
    /// In the text.
    let range: Range<Int>
    let help: String?
    let notes: [String]
  }

  /// Of more than these nobody reads the last; they are only counted.
  static let mostOfARule = 256

  private(set) var entries: [Entry] = []
  private var counts: [Int: Int] = [:]
  /// The number of the rule that is looking.
  var rule = 0

  /// - Parameter severity: where it is not the card's.
  mutating func report(
    _ message: @autoclosure () -> String, at range: Range<Int>, severity: Severity? = nil,
    notes: @autoclosure () -> [String] = [], help: @autoclosure () -> String? = nil
  ) {
    counts[rule, default: 0] += 1
    guard counts[rule, default: 0] <= Self.mostOfARule else { return }
    entries.append(
      Entry(
        rule: rule, severity: severity, message: message(), range: range, help: help(),
        notes: notes()))
  }

  /// How many findings of a rule are not told.
  func untold(_ rule: Int) -> Int { max(0, counts[rule, default: 0] - Self.mostOfARule) }
}

/// What is said about the rules for scripts, for whoever explains them.
public enum ScriptRuleCatalogue {
  /// The cards, in the order of their families and ids.
  public static let cards: [RuleCard] = ScriptRules.all.map { $0.card }
}
