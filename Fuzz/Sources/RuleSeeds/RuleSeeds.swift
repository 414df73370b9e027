import DeviceTreeLint
import Diagnostics
import Foundation
import TreeMutation

/// Prints what `Fuzz/seed` makes seeds of, as JSON: the examples of all rules with their patches to
/// the blob, and the words of the dictionary.
@main struct RuleSeeds {
  struct Patch: Encodable {
    let base: String
    let offset: Int
    let bytes: [UInt8]
    let times: Int
  }

  struct Example: Encodable {
    let name: String
    let source: String
    let patches: [Patch]
  }

  struct Seeds: Encodable {
    let words: [String]
    let examples: [Example]
  }

  static func main() throws {
    let examples = RuleCatalogue.cards.flatMap { card in
      [("bad", card.bad), ("good", card.good)].flatMap { kind, examples in
        examples.enumerated().map { number, example in
          Example(
            name: "\(card.id.rawValue)-\(kind)-\(number)", source: example.source,
            patches: example.patches.map {
              Patch(base: $0.base.rawValue, offset: $0.offset, bytes: $0.bytes, times: $0.times)
            })
        }
      }
    }
    let words = SpeltWords.propertyNames + SpeltWords.nodeNames + SpeltWords.texts
    let json = try JSONEncoder().encode(Seeds(words: words, examples: examples))
    FileHandle.standardOutput.write(json)
  }
}
