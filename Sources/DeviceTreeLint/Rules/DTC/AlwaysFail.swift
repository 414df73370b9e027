import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum AlwaysFail: NodeRule {
  static let card = RuleCard(
    id: "always_fail", family: .dtc, severity: .warning,
    summary: "there is a node",
    why: "It speaks of each node, to show that checks are made. dtc tests itself with it.",
    source: "dtc checks.c, check_always_fail",
    bad: [
      """
      «/» {
      };
      """
    ],
    // Only what is no tree has no node.
    good: [RuleExample("/ { };", patches: [.header(0, 0)])],
    isOptional: true)

  static func check(_ node: NodeID, _ context: LintContext, _ findings: inout Findings) {
    findings.report("there is a node", at: node)
  }
}
