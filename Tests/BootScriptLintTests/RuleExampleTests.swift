import BootScriptLint
import Diagnostics
import Testing

/// Every rule is tested by its own card: the examples of its page are the fixtures.
@Suite struct RuleExampleTests {
  /// One example of one card.
  struct Case: Sendable, CustomTestStringConvertible {
    let card: RuleCard
    let number: Int
    let example: RuleExample

    var testDescription: String { "\(card.id) \(number + 1)" }

    static func all(_ examples: any KeyPath<RuleCard, [RuleExample]> & Sendable) -> [Case] {
      ScriptRuleCatalogue.cards.flatMap { card in
        card[keyPath: examples].enumerated().map {
          Case(card: card, number: $0.offset, example: $0.element)
        }
      }
    }

    /// What the rule alone says of the example. Rules that it waits for run too.
    func findings(_ script: ExampleScript) throws -> [Finding] {
      let linter = ScriptLinter(for: try ScriptTarget(example.target), rules: [card.id])
      return linter.lint(script.bytes, file: script.file, kind: script.kind).findings
    }
  }

  @Test(arguments: Case.all(\.bad))
  func aBadExampleIsFoundWhereItIsMarked(_ example: Case) throws {
    let script = try ExampleScript(example.example)
    let found = try example.findings(script)
    #expect(!found.isEmpty, "\(example.card.id) says nothing of\n\(example.example.source)")
    #expect(found.allSatisfy { $0.rule == example.card.id })
    if !example.example.patches.isEmpty { return }
    let places = Set(
      found.map { ExampleScript.Mark(line: $0.place.line ?? 0, column: $0.place.column ?? 0) })
    #expect(places == Set(script.marks), "\(found) in\n\(example.example.source)")
    #expect(found.count == script.marks.count, "\(found)")
  }

  @Test(arguments: Case.all(\.good))
  func aGoodExampleIsSilent(_ example: Case) throws {
    let found = try example.findings(ExampleScript(example.example))
    #expect(found == [], "\(example.card.id) on\n\(example.example.source)")
  }

  /// One mistake, one message: beside the rule that an example is for, no other error speaks. Those
  /// that also see a consequence are listed.
  @Test(arguments: Case.all(\.bad))
  func nothingElseCallsItAnError(_ example: Case) throws {
    let script = try ExampleScript(example.example)
    let rules = Set(ScriptRuleCatalogue.cards.map(\.id))
    let linter = ScriptLinter(for: try ScriptTarget(example.example.target), rules: rules)
    let found = linter.lint(script.bytes, file: script.file, kind: script.kind).findings
    let others = found.filter { $0.severity == .error && $0.rule != example.card.id }
    #expect(others == [], "beside \(example.card.id):\n\(example.example.source)")
  }

  @Test func everyCardShowsBothSides() {
    for card in ScriptRuleCatalogue.cards {
      #expect(!card.bad.isEmpty && !card.good.isEmpty, "\(card.id) lacks an example")
      #expect(!card.summary.hasSuffix(".") && !card.source.isEmpty, "\(card.id)")
      #expect(card.bad.allSatisfy { $0.source.contains("«") || !$0.patches.isEmpty }, "\(card.id)")
      #expect((card.bad + card.good).allSatisfy { $0.language != .dts }, "\(card.id)")
    }
  }

  @Test func idsAreUniqueAndSorted() {
    let ids = ScriptRuleCatalogue.cards.map(\.id)
    #expect(Set(ids).count == ids.count)
    for family in [RuleCard.Family.script, .uenv] {
      let own = ScriptRuleCatalogue.cards.filter { $0.family == family }.map(\.id)
      #expect(own == own.sorted(), "the list of \(family) is not sorted")
    }
  }

  @Test func whatACardNamesExists() {
    let ids = Set(ScriptRuleCatalogue.cards.map(\.id))
    for card in ScriptRuleCatalogue.cards {
      for name in card.after + card.aliases {
        #expect(ids.contains(name), "\(card.id) names \(name)")
      }
    }
  }
}
