import Diagnostics
import Rulings
import Testing

/// How people name and choose rules.
@Suite struct RuleBookTests {
  private static let book = RuleBook.of(["a-rule", "b-rule", "c-rule"], optional: ["c-rule"])

  @Test(
    arguments: [
      ([], [], ["a-rule", "b-rule"]), (["c-rule"], [], ["c-rule"]),
      (["tree"], ["a-rule"], ["b-rule"]), ([], ["tree"], []), (["chosen"], [], []),
    ] as [([String], [String], Set<RuleID>)])
  func rulesAreChosenByIdAndFamily(select: [String], ignore: [String], chosen: Set<RuleID>) throws {
    #expect(try Self.book.chosen(select: select, ignore: ignore) == chosen)
  }

  @Test func aWordThatMeansNothingIsRefusedWithTheNearest() {
    #expect(throws: SelectionError.unknown("a-rul", nearest: "a-rule")) {
      try Self.book.chosen(select: ["a-rul"], ignore: [])
    }
    #expect(throws: SelectionError.unknown("d", nearest: nil)) {
      try Self.book.card(named: "d")
    }
  }

  @Test func whatIsSaidOfInputsHasACard() {
    let ids = OwnCards.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    for card in OwnCards.all {
      #expect(!card.bad.isEmpty && !card.good.isEmpty && !card.source.isEmpty, "\(card.id)")
    }
  }
}
