import DeviceTree
import Diagnostics

/// A `chosen` somewhere else.
enum ChosenRootChild: TreeRule {
  static let card = RuleCard(
    id: "chosen-root-child", family: .chosen, severity: .error,
    summary: "a node `chosen` is not a child of the root",
    why: """
      Xen, U-Boot and Linux look for the path `/chosen` and nothing else: what stands in another
      node of that name reaches nobody. With modules in it, Xen says that dom0's kernel is
      missing.
      """,
    context: .xen, evidence: .silence(version: "4.17.5"),
    aliases: ["chosen_node_is_root"],
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, early_scan_node; dtc checks.c",
    bad: [
      RuleExample(
        """
        / {
          chosen { };
          soc {
            «chosen» { xen,xen-bootargs = "dom0_mem=512M"; };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen { xen,xen-bootargs = "dom0_mem=512M"; };
          soc { };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for node in tree.allNodes where tree.nameIs(node, "chosen") && tree.depth(node) != 1 {
      findings.report(
        "only `/chosen` is looked at; what stands here reaches neither Xen nor dom0", at: node,
        help: "move the node to the root")
    }
  }
}
