import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum DuplicateNodeNames: TreeRule {
  static let card = RuleCard(
    id: "duplicate_node_names", family: .dtc, severity: .error,
    summary: "two nodes beside each other have one name",
    why: """
      A path leads to the first of them only: the other can be reached by nobody who goes by a path
      or an alias. dtc refuses the tree.
      """,
    source: "dtc checks.c, check_duplicate_node_names",
    bad: [
      """
      / {
        serial@0 { };
        «serial@0» { };
      };
      """
    ],
    good: ["/ { serial@0 { }; serial@1 { }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    // The reader has seen them already.
    var offsets: Set<Int> = []
    for fault in context.faults {
      if case .duplicateNode(_, let offset) = fault { offsets.insert(offset) }
    }
    guard !offsets.isEmpty else { return }
    let tree = context.tree
    for node in tree.allNodes where offsets.contains(tree.nameRange(node).lowerBound) {
      findings.report(
        "a node beside it is called `\(tree.name(node))` too", at: node,
        help: "rename one of the two, or make one node of them")
    }
  }
}
