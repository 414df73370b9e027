import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum NodeNameNotEmpty: TreeRule {
  static let card = RuleCard(
    id: "node_name_not_empty", family: .dtc, severity: .error,
    summary: "a node has no name before its `@`",
    why: """
      A node is found by what it is called: `serial@1c28000`. An address alone says where, and not
      what. Only the root has no name.
      """,
    after: ["node_name_chars"],
    source: "dtc checks.c (since 1.8.0), check_node_name_not_empty",
    bad: [
      """
      / {
        «@1000» { };
      };
      """
    ],
    good: ["/ { serial@1000 { }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for node in tree.allNodes where tree.baseNameRange(node).isEmpty && node != .root {
      findings.report(
        "the node has no name", at: node, help: "call it what it is: `serial`, `memory`")
    }
  }
}
