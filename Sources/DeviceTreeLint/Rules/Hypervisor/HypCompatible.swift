import DeviceTree
import Diagnostics

/// A guest's `/hypervisor` that Linux does not take for Xen's.
enum HypCompatible: TreeRule {
  static let card = RuleCard(
    id: "hyp-compatible", family: .hypervisor, severity: .error,
    summary: "`/hypervisor` of a guest's tree is not compatible with \"xen,xen-…\", \"xen,xen\"",
    why: """
      Linux looks for `xen,xen` in the node, and reads the version from its first entry,
      `xen,xen-4.17`. Without either it boots as if there were no Xen: no console, no disk, no
      network.
      """,
    source:
      "Xen docs/misc/arm/device-tree/guest.txt; Linux arch/arm/xen/enlighten.c, fdt_find_hyper_node",
    bad: [
      """
      / {
        hypervisor {
          «compatible» = "xen,xen";
          reg = <0x38000000 0x1000000>;
        };
      };
      """,
      """
      / {
        hypervisor {
          «compatible» = "xen,xen-4.17";
          reg = <0x38000000 0x1000000>;
        };
      };
      """,
    ],
    good: [
      """
      / {
        hypervisor {
          compatible = "xen,xen-4.17", "xen,xen";
          reg = <0x38000000 0x1000000>;
        };
      };
      """,
      "/ { hypervisor { compatible = \"epapr,hypervisor\"; }; };",
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    guard let node = context.hypervisor, context.isXenHypervisor(node) else { return }
    guard let property = tree.property(node, .compatible) else {
      findings.report(
        "`/hypervisor` has no `compatible`, by which a guest would know Xen", at: node, help: help)
      return
    }
    let first = tree.value(property).prefix { $0 != 0 }
    if !first.starts(with: "xen,xen-".utf8) {
      findings.report(
        "the first entry does not give Xen's version", at: node, property, help: help)
    } else if !tree.lists(property, "xen,xen") {
      findings.report("\"xen,xen\" is not listed", at: node, property, help: help)
    }
  }

  private static let help = "write the version first: \"xen,xen-4.17\", \"xen,xen\""
}
