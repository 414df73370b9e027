import DeviceTree
import Diagnostics

/// Takes out the findings that say again what another one has said, so that one mistake gives one
/// message, and puts the rest in file order.
///
/// A check of dtc's is silent for the whole tree when one that it waits for has failed anywhere, as
/// in dtc; a rule of ours only at the same node. A check is also silent where one of our rules that
/// says the same has spoken of the same node. What is told at one node and shows at others counts as
/// spoken of those too. A warning never silences an error.
struct Sifting {
  let entries: [Findings.Entry]

  init(_ found: [Findings.Entry], plan: RulePlan, shown: Set<Int>) {
    guard !found.isEmpty else {
      entries = []
      return
    }
    var failures = Failures(found, plan: plan)
    let left = found.filter { entry in
      guard shown.contains(entry.rule) else { return false }
      let waits = plan.after[entry.rule]
      let severity = entry.severity ?? plan.cards[entry.rule].severity
      if plan.cards[entry.rule].family == .dtc {
        return !waits.contains { failures.hasFailed($0) }
          && !plan.owners[entry.rule].contains { failures.spoke($0, of: entry.node, as: severity) }
      }
      return !waits.contains { failures.spoke($0, of: entry.node, as: severity) }
    }
    entries = left.enumerated().sorted { Self.order($0) < Self.order($1) }.map(\.element)
  }

  /// By node, then by property; what concerns the blob as a whole comes first, by offset.
  private static func order(
    _ entry: (offset: Int, element: Findings.Entry)
  ) -> (Int, Int, Int) {
    if let node = entry.element.node {
      return (Int(node.index), Int(entry.element.property?.index ?? -1), entry.offset)
    }
    return (-1, entry.element.offset ?? -1, entry.offset)
  }
}

/// Which rules have found something, and where.
private struct Failures {
  private struct Place: Hashable {
    let rule: Int
    let node: NodeID?
  }

  private let plan: RulePlan
  /// How badly each spoke, at the worst.
  private let places: [Place: Severity]
  /// Nil while it is not known.
  private var failed: [Bool?]

  init(_ found: [Findings.Entry], plan: RulePlan) {
    self.plan = plan
    // Most findings are of rules that nobody asks for.
    var places: [Place: Severity] = [:]
    for entry in found where plan.isAskedFor[entry.rule] {
      let severity = entry.severity ?? plan.cards[entry.rule].severity
      for node in [entry.node] + entry.others {
        let place = Place(rule: entry.rule, node: node)
        places[place] = max(places[place] ?? .info, severity)
      }
    }
    self.places = places
    failed = Array(repeating: nil, count: plan.cards.count)
    for place in places.keys { failed[place.rule] = true }
  }

  /// Whether the rule has said something at least as bad of the node.
  func spoke(_ rule: Int, of node: NodeID?, as severity: Severity) -> Bool {
    places[Place(rule: rule, node: node)].map { $0 >= severity } ?? false
  }

  /// Whether the rule has found something, or could not be judged because one before it has.
  mutating func hasFailed(_ rule: Int) -> Bool {
    if let known = failed[rule] { return known }
    // For a rule that waits for itself, by mistake of a card.
    failed[rule] = false
    let answer = plan.after[rule].contains { hasFailed($0) }
    failed[rule] = answer
    return answer
  }
}
