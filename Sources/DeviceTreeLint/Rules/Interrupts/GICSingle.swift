import DeviceTree
import Diagnostics

/// Further GICs, which Xen does not drive.
enum GICSingle: TreeRule {
  static let card = RuleCard(
    id: "gic-single", family: .interrupts, severity: .warning,
    summary: "the tree has more than one GIC",
    why: """
      Xen takes the first GIC that it has a driver for and no other. Interrupts of further
      ones are not routed to anybody, and dom0 does not see those GICs. Where the one in front is
      not the one that the devices use, Xen stops before its serial line is up.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source:
      "Xen xen/common/device-tree/intc.c, intc_dt_preinit; xen/arch/arm/gic-v2.c, gicv2_make_hwdom_dt_node",
    bad: [
      RuleExample(
        """
        / {
          gic: interrupt-controller@1000 {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
          };
          «interrupt-controller@2000» {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
            interrupts-extended = <&gic 0 42 4>;
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          interrupt-controller@1000 {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    var first: NodeID?
    for gic in context.gics where context.isEnabled(gic.node) {
      guard let used = first else {
        first = gic.node
        continue
      }
      findings.report(
        "this GIC is not used: Xen takes the first, \(context.tree.path(used))", at: gic.node,
        help: "let no device that dom0 needs have its interrupts here")
    }
  }
}
