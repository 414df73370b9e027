import DeviceTree
public import DeviceTreeLint
import Diagnostics

/// Words that mean something to some rule: what the reader knows by name, and all that stands in the
/// examples of the rules' cards.
public enum SpeltWords {
  public static let propertyNames: [String] = sorted(
    KnownName.allCases.map(\.rawValue) + tokens(before: "="))
  public static let nodeNames: [String] = sorted(tokens(before: "{"))
  /// The texts of the examples, `compatible`s above all.
  public static let texts: [String] = sorted(
    sources.flatMap { source in
      source.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }.filter { (1...80).contains($0.utf8.count) })

  private static let sources = RuleCatalogue.cards.flatMap { ($0.bad + $0.good).map(\.source) }

  /// Names that stand directly before some sign.
  private static func tokens(before sign: Character) -> [String] {
    sources.flatMap { source in
      source.split(separator: sign).dropLast().compactMap { text -> String? in
        let name = text.reversed().drop { $0.isWhitespace }.prefix {
          $0.isASCII && ($0.isLetter || $0.isNumber || "#,._+-@".contains($0))
        }
        return name.isEmpty ? nil : String(name.reversed())
      }
    }
  }

  private static func sorted(_ words: [String]) -> [String] { Set(words).sorted() }
}
