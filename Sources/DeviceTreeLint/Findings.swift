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
    /// Further nodes that the same mistake shows at.
    var others: [NodeID] = []
  }

  /// A hostile tree can make a rule speak at each of a million places, of which nobody reads the
  /// last; what is not told is only counted. A real tree has fewer nodes than this.
  static let mostOfARule = 4096

  private(set) var entries: [Entry] = []
  private var counts: [Int] = []
  /// The number of the rule that is looking.
  var rule = 0

  /// Something about a node, or about one of its properties.
  ///
  /// - Parameters:
  ///   - severity: where it is not the card's.
  ///   - help: what to do next.
  ///   - aliases: which of the card's say this very thing, where not all do.
  ///   - others: further nodes that the same mistake shows at. Rules that wait for this one are
  ///     silent there too, and checks of dtc's that it says the same as.
  mutating func report(
    _ message: @autoclosure () -> String, at node: NodeID, _ property: PropertyID? = nil,
    severity: Severity? = nil, notes: @autoclosure () -> [String] = [],
    help: @autoclosure () -> String? = nil, fix: @autoclosure () -> Fix? = nil,
    aliases: [RuleID]? = nil, others: @autoclosure () -> [NodeID] = []
  ) {
    guard countUp() else { return }
    entries.append(
      Entry(
        rule: rule, severity: severity, message: message(), node: node, property: property,
        offset: nil, notes: notes(), help: help(), fix: fix(), aliases: aliases, others: others()))
  }

  /// Something about bytes of the blob, or about the blob as a whole; `node` and `property` where
  /// the bytes are theirs.
  mutating func report(
    _ message: @autoclosure () -> String, at node: NodeID? = nil, _ property: PropertyID? = nil,
    atOffset offset: Int?, severity: Severity? = nil, notes: @autoclosure () -> [String] = [],
    help: @autoclosure () -> String? = nil
  ) {
    guard countUp() else { return }
    entries.append(
      Entry(
        rule: rule, severity: severity, message: message(), node: node, property: property,
        offset: offset, notes: notes(), help: help(), fix: nil, aliases: nil))
  }

  /// Whether one more of the rule is told.
  private mutating func countUp() -> Bool {
    while counts.count <= rule { counts.append(0) }
    counts[rule] += 1
    return counts[rule] <= Self.mostOfARule
  }

  /// How many findings of each rule are not told, by the rules' numbers.
  var untold: [Int] { counts.map { max(0, $0 - Self.mostOfARule) } }
}

/// A number as messages have it.
func hex(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }
