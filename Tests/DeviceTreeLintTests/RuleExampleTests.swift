import BootImages
import DeviceTreeLint
import Diagnostics
import Measures
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
      // `SourceRuleTests` has the others.
      let own = RuleCatalogue.cards.filter {
        !RuleCatalogue.judgedByDTC.contains($0.id) && !RuleCatalogue.steps.contains($0.id)
          && $0.family != .input
      }
      return own.flatMap { card in
        card[keyPath: examples].enumerated().map {
          Case(card: card, number: $0.offset, example: $0.element)
        }
      }
    }

    /// What the rule alone says of the example. Rules that it waits for run too.
    func findings(_ tree: ExampleTree) throws -> [Finding] {
      let selection = try RuleSelection(select: [card.id.rawValue], ignore: [])
      let linter = Linter(
        for: try LintTarget(example.target, of: card.id, for: tree.bytes),
        selection: selection)
      return linter.lint(tree.bytes, file: "example.dtb")
    }
  }

  @Test(arguments: Case.all(\.bad))
  func aBadExampleIsFoundWhereItIsMarked(_ example: Case) throws {
    let tree = try ExampleTree(example.example)
    let found = try example.findings(tree)
    #expect(!found.isEmpty, "\(example.card.id) says nothing of\n\(example.example.source)")
    #expect(found.allSatisfy { $0.rule == example.card.id })
    // A fault of the binary form stands nowhere in the source.
    if example.card.family == .structure || tree.markedLines.isEmpty {
      return
    }
    let lines = Set(found.flatMap { tree.lines(of: $0.place) })
    for marked in tree.markedLines {
      #expect(lines.contains(marked), "nothing on line \(marked): \(found.map(\.place))")
    }
    for finding in found {
      let own = tree.lines(of: finding.place)
      #expect(
        own.contains { tree.markedLines.contains($0) },
        "\(finding.message) at \(finding.place), lines \(own), is not marked")
    }
  }

  @Test(arguments: Case.all(\.good))
  func aGoodExampleIsSilent(_ example: Case) throws {
    // What is no tree at all is told of, whoever listens.
    let found = try example.findings(ExampleTree(example.example))
      .filter { $0.rule != "fdt-magic" || example.card.id == "fdt-magic" }
    #expect(found == [], "\(example.card.id) on\n\(example.example.source)")
  }

  @Test func everyCardShowsBothSides() {
    for card in RuleCatalogue.cards {
      #expect(!card.bad.isEmpty && !card.good.isEmpty, "\(card.id) lacks an example")
      #expect(!card.summary.hasSuffix(".") && !card.source.isEmpty, "\(card.id)")
      if card.family != .structure, card.family != .input {
        #expect(
          card.bad.contains { $0.source.contains("«") || !$0.patches.isEmpty }, "\(card.id)")
      }
    }
  }

  @Test func idsAreUniqueAndSorted() {
    let ids = RuleCatalogue.cards.map(\.id)
    #expect(Set(ids).count == ids.count)
    for family in RuleCard.Family.allCases {
      let own = RuleCatalogue.cards.filter { $0.family == family }.map(\.id)
      #expect(own == own.sorted(), "the list of \(family) is not sorted")
    }
  }

  @Test func whatACardNamesExists() {
    let ids = Set(RuleCatalogue.cards.map(\.id))
    for card in RuleCatalogue.cards {
      for name in card.after + card.aliases {
        #expect(ids.contains(name), "\(card.id) names \(name)")
      }
    }
  }
}
