import Diagnostics
import Rulings

extension RuleBook {
  /// A book of rules that have ids, and little else.
  static func of(_ ids: [RuleID], optional: Set<RuleID> = []) -> RuleBook {
    RuleBook(
      ids.map { id in
        RuleCard(
          id: id, family: .tree, severity: .error, summary: "s", why: "w", source: "here",
          bad: ["/ { };"], good: ["/ { };"], isOptional: optional.contains(id))
      })
  }
}

extension Acceptance {
  /// For a run in which all rules of a small book speak.
  static func of(
    _ ids: [RuleID], entries: [Entry] = [], baseline: Baseline? = nil,
    nameInBaseline: @escaping @Sendable (String) -> String = { $0 }
  ) -> Acceptance {
    let book = RuleBook.of(ids)
    return Acceptance(
      entries: entries, baseline: baseline, asked: book.ids, book: book,
      nameInBaseline: nameInBaseline)
  }
}
