public import Diagnostics

/// The rules that there are, by their cards: what people name, choose and accept.
public struct RuleBook: Sendable {
  /// By family, in each by id.
  public let cards: [RuleCard]
  public let ids: Set<RuleID>

  public init(_ cards: [RuleCard]) {
    self.cards = cards
    ids = Set(cards.map(\.id))
  }

  /// The ids, sorted.
  var names: [String] { cards.map(\.id.rawValue).sorted() }

  /// The card of that id.
  public func card(named name: String) throws(SelectionError) -> RuleCard {
    if let card = cards.first(where: { $0.id.rawValue == name }) { return card }
    throw .unknown(name, nearest: Spelling.nearest(to: name, among: names))
  }

  /// The rules that speak unless somebody chooses: all but the optional ones.
  public var usual: Set<RuleID> { Set(cards.compactMap { $0.isOptional ? nil : $0.id }) }

  /// The rules that speak.
  ///
  /// - Parameters:
  ///   - select: ids or families; empty for the usual ones.
  ///   - ignore: the same, taken away again.
  public func chosen(
    select: [String], ignore: [String]
  ) throws(SelectionError) -> Set<RuleID> {
    var chosen = select.isEmpty ? usual : []
    for word in select { chosen.formUnion(try rules(word)) }
    for word in ignore { chosen.subtract(try rules(word)) }
    return chosen
  }

  /// The rules that a word means. A family means those of its rules that are not optional.
  private func rules(_ word: String) throws(SelectionError) -> [RuleID] {
    if let family = RuleCard.Family(rawValue: word) {
      return cards.filter { $0.family == family && !$0.isOptional }.map(\.id)
    }
    let id = RuleID(word)
    if ids.contains(id) { return [id] }
    let known = RuleCard.Family.allCases.map(\.rawValue) + names
    throw .unknown(word, nearest: Spelling.nearest(to: word, among: known))
  }
}

/// A word that means no rule.
public enum SelectionError: Error, Sendable, Hashable {
  case unknown(String, nearest: String?)
}

extension SelectionError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .unknown(let word, let nearest):
      Diagnostic(
        .error, "there is no rule and no family of rules `\(word)`",
        help: nearest.map { "did you mean `\($0)`?" } ?? "`ctboot rules` lists them")
    }
  }
}
