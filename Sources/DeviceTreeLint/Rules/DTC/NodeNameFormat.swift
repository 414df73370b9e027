import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum NodeNameFormat: TreeRule {
  static let card = RuleCard(
    id: "node_name_format", family: .dtc, severity: .error,
    summary: "a node's name has more than one `@`",
    why: """
      What stands behind `@` is the node's address on its bus. Two of them are none: readers divide
      the name at the first or at the last, and dtc refuses the tree.
      """,
    after: ["node_name_chars"],
    source: "dtc checks.c, check_node_name_format",
    bad: [
      """
      / {
        «serial@1@2» { };
      };
      """
    ],
    good: ["/ { serial@1 { }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for node in tree.allNodes {
      guard let unit = tree.unitAddressRange(node) else { continue }
      for index in unit where tree.bytes[index] == UInt8(ascii: "@") {
        findings.report(
          "a node's name has one `@` at most", at: node,
          help: "write the name, `@`, and the first address of `reg`")
        break
      }
    }
  }
}
