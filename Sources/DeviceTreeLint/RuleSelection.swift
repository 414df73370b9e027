public import Diagnostics
public import Rulings

/// Which rules speak.
public struct RuleSelection: Sendable {
  /// Numbers in `Rules.all` of the rules that are shown.
  let shown: Set<Int>

  /// All but the optional ones.
  public static let standard = RuleSelection(
    shown: Set(Rules.all.indices.filter { !Rules.all[$0].card.isOptional }))

  init(shown: Set<Int>) { self.shown = shown }

  /// Those of the rules for trees that are among `ids`.
  public init(_ ids: Set<RuleID>) {
    let cards = RuleCatalogue.cards
    shown = Set(cards.indices.filter { ids.contains(cards[$0].id) })
  }

  /// - Parameters:
  ///   - select: ids or families; empty for the usual ones.
  ///   - ignore: the same, taken away again.
  public init(select: [String], ignore: [String]) throws(SelectionError) {
    self.init(try RuleBook(RuleCatalogue.cards).chosen(select: select, ignore: ignore))
  }

  /// The same without a family.
  public func without(_ family: RuleCard.Family) -> RuleSelection {
    RuleSelection(shown: shown.filter { Rules.all[$0].card.family != family })
  }
}
