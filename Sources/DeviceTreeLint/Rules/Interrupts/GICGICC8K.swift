import DeviceTree
import Diagnostics

/// A GICv2 whose processors' interface is given without its second page.
enum GICGICC8K: TreeRule {
  static let card = RuleCard(
    id: "gic-gicc-8k", family: .interrupts, severity: .warning,
    summary: "the GIC's second register block (GICC) is smaller than 8 KiB",
    why: """
      The register by which an interrupt is ended for good (GICC_DIR) lies in the second page,
      which a GICv1 did not have; many trees kept its size. Xen since 4.7 warns and goes on as
      if 8 KiB stood there; Linux does without that page.
      """,
    context: .xen,
    evidence: .seen(
      "WARNING: The GICC size is too small: 0x1000 expected 0x2000", version: "4.17.5"),
    after: ["gic-reg-four", "gic-size-match"],
    source: "Xen xen/arch/arm/gic-v2.c, gicv2_dt_init; arm,gic.yaml",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          gic: interrupt-controller@1c81000 {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
            «reg» = <0x1c81000 0x1000>, <0x1c82000 0x1000>,
                  <0x1c84000 0x2000>, <0x1c86000 0x2000>;
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
            interrupt-controller;
            #interrupt-cells = <3>;
            reg = <0x1c81000 0x1000>, <0x1c82000 0x2000>,
                  <0x1c84000 0x2000>, <0x1c86000 0x2000>;
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for gic in context.gics where gic.version == .two && context.isEnabled(gic.node) {
      let blocks = context.reg(gic.node)
      guard blocks.count >= 2, blocks[1].size < 0x2000 else { continue }
      findings.report(
        "GICC has \(hex(blocks[1].size)) bytes; a GICv2 has 0x2000 there",
        at: gic.node, context.tree.property(gic.node, .reg),
        help: "write 0x2000 as the size of the second pair of `reg`")
    }
  }
}
