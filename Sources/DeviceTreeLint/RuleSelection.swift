public import Diagnostics

/// Which rules speak.
public struct RuleSelection: Sendable {
  /// Numbers in `Rules.all` of the rules that are shown.
  let shown: Set<Int>

  /// All but the optional ones.
  public static let standard = RuleSelection(
    shown: Set(Rules.all.indices.filter { !Rules.all[$0].card.isOptional }))

  init(shown: Set<Int>) { self.shown = shown }

  /// The ids of all rules that speak.
  public var ids: Set<RuleID> { Set(shown.map { Rules.all[$0].card.id }) }

  /// The same without a family.
  public func without(_ family: RuleCard.Family) -> RuleSelection {
    RuleSelection(shown: shown.filter { Rules.all[$0].card.family != family })
  }

  /// - Parameters:
  ///   - select: ids, aliases or families; empty for the usual ones.
  ///   - ignore: the same, taken away again.
  public init(select: [String], ignore: [String]) throws(SelectionError) {
    var shown = Self.standard.shown
    if !select.isEmpty {
      shown = []
      for word in select { shown.formUnion(try Self.rules(word)) }
    }
    for word in ignore { shown.subtract(try Self.rules(word)) }
    self.shown = shown
  }

  /// The rules that a word means. A family means those of its rules that are not optional.
  private static func rules(_ word: String) throws(SelectionError) -> [Int] {
    let cards = Rules.all.map { $0.card }
    if let family = RuleCard.Family(rawValue: word) {
      return cards.indices.filter { cards[$0].family == family && !cards[$0].isOptional }
    }
    let found = cards.indices.filter {
      cards[$0].id.rawValue == word
    }
    if !found.isEmpty { return found }
    let names = RuleCard.Family.allCases.map(\.rawValue) + cards.map(\.id.rawValue)
    throw .unknown(word, nearest: Spelling.nearest(to: word, among: names))
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
