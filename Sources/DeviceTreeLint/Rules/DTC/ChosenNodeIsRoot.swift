import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum ChosenNodeIsRoot: TreeRule {
  static let card = RuleCard(
    id: "chosen_node_is_root", family: .dtc, severity: .warning,
    summary: "a node `chosen` does not stand in the root",
    why: """
      Boot loader, Xen and Linux look for `/chosen` and nowhere else: command lines, console and
      modules in another node of that name are not seen.
      """,
    source: "dtc checks.c, check_chosen_node_is_root",
    bad: [
      """
      / {
        soc {
          «chosen» { bootargs = "quiet"; };
        };
      };
      """
    ],
    good: ["/ { chosen { bootargs = \"quiet\"; }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for node in tree.allNodes where tree.nameIs(node, "chosen") && tree.parent(node) != .root {
      findings.report(
        "`\(tree.path(node))` is not `/chosen`, and nobody reads it", at: node,
        help: "move what it holds to `/chosen`, or give the node another name")
    }
  }
}
