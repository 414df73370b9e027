import DeviceTree
import Diagnostics

/// Which rules run, by what they look at; made once, used for each tree.
struct RulePlan: Sendable {
  /// A rule that runs, and its number in `Rules.all`.
  struct Entry<Kind: Sendable>: Sendable {
    let number: Int
    let rule: Kind
    let judgesDisabled: Bool
  }

  private(set) var nodes: [Entry<any NodeRule.Type>] = []
  /// By the names that they ask for: for each of `KnownName.allCases` its rules.
  let properties: [[Entry<any PropertyRule.Type>]]
  private(set) var names: [Entry<any NameRule.Type>] = []
  private(set) var trees: [Entry<any TreeRule.Type>] = []
  private(set) var faults: [Entry<any FaultRule.Type>] = []
  /// Numbers of the rules that each rule waits for.
  let after: [[Int]]
  /// Numbers of our rules that say what a check of dtc's says.
  let owners: [[Int]]
  /// Whether some rule wants to know of each rule what it has found.
  let isAskedFor: [Bool]
  let cards: [RuleCard]

  /// - Parameter isHeard: whether a rule can have something to say for the target.
  init(_ selection: RuleSelection, isHeard: (any LintRule.Type, RuleCard) -> Bool) {
    let rules = Rules.all
    let cards = RuleCatalogue.cards
    self.cards = cards
    let numbers = Dictionary(
      cards.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let after = cards.map { card in card.after.compactMap { numbers[$0] } }
    self.after = after
    var owners = [[Int]](repeating: [], count: cards.count)
    for (number, card) in cards.enumerated() where selection.shown.contains(number) {
      for alias in card.aliases { if let check = numbers[alias] { owners[check].append(number) } }
    }
    self.owners = owners
    var isAskedFor = [Bool](repeating: false, count: cards.count)
    for number in after.joined() { isAskedFor[number] = true }
    for number in owners.joined() { isAskedFor[number] = true }
    self.isAskedFor = isAskedFor

    // What is shown runs, and what that waits for.
    var running = selection.shown
    var waiting = Array(running)
    while let number = waiting.popLast() {
      for earlier in after[number] where running.insert(earlier).inserted {
        waiting.append(earlier)
      }
    }
    let names = KnownName.allCases
    var properties = [[Entry<any PropertyRule.Type>]](repeating: [], count: names.count)
    for number in running.sorted() where isHeard(rules[number], cards[number]) {
      let rule = rules[number]
      let disabled = rule.judgesDisabled
      // A rule may look at several things.
      if let rule = rule.asNodeRule {
        nodes.append(Entry(number: number, rule: rule, judgesDisabled: disabled))
      }
      if let rule = rule.asPropertyRule {
        for name in rule.names {
          guard let place = names.firstIndex(of: name) else { continue }
          properties[place].append(
            Entry(number: number, rule: rule, judgesDisabled: disabled))
        }
      }
      if let rule = rule.asNameRule {
        self.names.append(Entry(number: number, rule: rule, judgesDisabled: disabled))
      }
      if let rule = rule.asTreeRule {
        trees.append(Entry(number: number, rule: rule, judgesDisabled: disabled))
      }
      if let rule = rule.asFaultRule {
        faults.append(Entry(number: number, rule: rule, judgesDisabled: disabled))
      }
    }
    self.properties = properties
  }
}
