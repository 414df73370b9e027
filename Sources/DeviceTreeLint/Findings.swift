import DeviceTree
import Diagnostics

/// What the rules have found in one tree. It knows which rule is looking, so that a rule need not
/// repeat its id or its severity.
struct Findings {
  /// A finding before it has words for its place.
  struct Entry {
    let rule: Int
    let severity: Severity?
    let message: String
    let node: NodeID?
    let property: PropertyID?
    let offset: Int?
    let notes: [String]
    let help: String?
    let fix: Fix?
    /// Those of the card's that say this very thing; nil for all of them.
    let aliases: [RuleID]?
  }

  private(set) var entries: [Entry] = []
  /// The number of the rule that is looking.
  var rule = 0

  /// Something about a node, or about one of its properties.
  ///
  /// - Parameters:
  ///   - severity: where it is not the card's.
  ///   - help: what to do next.
  ///   - aliases: which of the card's say this very thing, where not all do.
  mutating func report(
    _ message: String, at node: NodeID, _ property: PropertyID? = nil,
    severity: Severity? = nil, notes: [String] = [], help: String? = nil, fix: Fix? = nil,
    aliases: [RuleID]? = nil
  ) {
    entries.append(
      Entry(
        rule: rule, severity: severity, message: message, node: node, property: property,
        offset: nil, notes: notes, help: help, fix: fix, aliases: aliases))
  }

  /// Something about bytes of the blob, or about the blob as a whole; `node` and `property` where
  /// the bytes are theirs.
  mutating func report(
    _ message: String, at node: NodeID? = nil, _ property: PropertyID? = nil, atOffset offset: Int?,
    severity: Severity? = nil, notes: [String] = [],
    help: String? = nil
  ) {
    entries.append(
      Entry(
        rule: rule, severity: severity, message: message, node: node, property: property,
        offset: offset, notes: notes, help: help, fix: nil, aliases: nil))
  }
}

/// A number as messages have it.
func hex(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }
