import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum ChosenNodeBootargs: PropertyRule {
  static let card = RuleCard(
    id: "chosen_node_bootargs", family: .dtc, severity: .warning,
    summary: "`bootargs` of `chosen` is not one text",
    why: """
      It is the kernel's command line. Of several texts only the first is taken, and what is no text
      at all is a line of rubbish, or none.
      """,
    source: "dtc checks.c, check_chosen_node_bootargs",
    bad: [
      """
      / {
        chosen {
          «bootargs» = "console=ttyS0", "quiet";
        };
      };
      """
    ],
    good: ["/ { chosen { bootargs = \"console=ttyS0 quiet\"; }; };"])

  static let names: [KnownName] = [.bootargs]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard tree.nameIs(node, "chosen"), !tree.isOneText(property) else { return }
    findings.report(
      "`bootargs` is not one text", at: node, property,
      help: "write the whole command line between one pair of double quotes")
  }
}
