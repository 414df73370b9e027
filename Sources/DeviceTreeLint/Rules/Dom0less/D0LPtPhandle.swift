import BootImages
import DeviceTree
import Diagnostics

/// A partial tree's phandle among those that Xen keeps for itself.
enum D0LPtPhandle: TreeRule {
  static let card = RuleCard(
    id: "d0l-pt-phandle", family: .dom0less, severity: .error,
    summary: "a partial tree has a phandle of 65000 or more",
    why: """
      Xen makes the guest's interrupt controller itself, with phandle 65000, and the IOMMU's with the
      next. Since 4.22 it refuses a partial tree whose phandles come that high; before, the guest has
      two nodes of one phandle and asks the wrong one for its interrupts.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen xen/include/public/device_tree_defs.h; domain_handle_dtb_boot_module",
    bad: [
      RuleExample(
        """
        / {
          passthrough {
            compatible = "simple-bus"; ranges; #address-cells = <1>; #size-cells = <1>;
            clock {
              «phandle» = <65000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          passthrough {
            compatible = "simple-bus"; ranges; #address-cells = <1>; #size-cells = <1>;
            clock { phandle = <1>; };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.passthroughTrees.isEmpty else { return }
    // Since 4.22 the number after the highest has to be free as well.
    let first: UInt32 = context.xen >= XenVersion(major: 4, minor: 22) ? 64999 : 65000
    for partial in context.passthroughTrees {
      for node in partial.tree.allNodes {
        guard
          let property = partial.tree.property(node, .phandle)
            ?? partial.tree.property(node, .linuxPhandle),
          let phandle = partial.tree.onlyCell(property), phandle >= first
        else { continue }
        partial.report(
          "the phandle \(phandle) is among those that Xen gives out itself", at: node, property,
          help: "compile the partial tree by itself, so that its phandles start at 1", context,
          &findings)
      }
    }
  }
}
