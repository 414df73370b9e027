import DeviceTree
import Diagnostics

/// A GICv2 without the two register blocks that virtualization needs.
enum GICRegFour: TreeRule {
  static let card = RuleCard(
    id: "gic-reg-four", family: .interrupts, severity: .error,
    summary: "the GICv2 has fewer than four register blocks",
    why: """
      Xen drives the virtual interface (GICH) and hands guests the virtual CPU interface
      (GICV): the third and the fourth pair of the node's `reg`. Without them it stops before
      it has started a domain.
      """,
    context: .xen,
    evidence: .seen("GICv2: Cannot find a valid address for the hypervisor", version: "4.17.5"),
    after: ["gic-driver"],
    source: "Xen xen/arch/arm/gic-v2.c, gicv2_dt_init; arm,gic.yaml",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          gic: interrupt-controller@1c81000 {
            compatible = "arm,gic-400";
            interrupt-controller; #interrupt-cells = <3>;
            «reg» = <0x1c81000 0x1000>, <0x1c82000 0x2000>;
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          gic: interrupt-controller@1c81000 {
            compatible = "arm,gic-400";
            interrupt-controller; #interrupt-cells = <3>;
            reg = <0x1c81000 0x1000>, <0x1c82000 0x2000>, <0x1c84000 0x2000>, <0x1c86000 0x2000>;
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for gic in context.gics where gic.version == .two && context.isEnabled(gic.node) {
      let count = context.reg(gic.node).count
      guard count < 4 else { continue }
      findings.report(
        "the GIC has \(count) register blocks; Xen needs four: distributor, CPU interface, GICH, GICV",
        at: gic.node, context.tree.property(gic.node, .reg),
        help: "add the blocks of the hypervisor (GICH) and of guests (GICV) to `reg`")
    }
  }
}
