import BootImages
import DeviceTree
import Diagnostics

/// A GICv2 whose guests' interface is not as large as the processors' own.
enum GICSizeMatch: TreeRule {
  static let card = RuleCard(
    id: "gic-size-match", family: .interrupts, severity: .error,
    summary: "the GIC's register blocks GICC and GICV differ in size",
    why: """
      A guest is shown the virtual interface (GICV, the fourth block) where the tree has the
      processors' own (GICC, the second). Xen since 4.7 stops when the two differ, where it
      counts a GICC below 8 KiB as 8 KiB.
      """,
    context: .xen,
    evidence: .seen(
      "Sizes of GICC (…2000) and GICV (…10000) don't match",
      version: "4.17.5"),
    after: ["gic-reg-four"],
    source: "Xen xen/arch/arm/gic-v2.c, gicv2_dt_init",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          gic: interrupt-controller@1c81000 {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
            «reg» = <0x1c81000 0x1000>, <0x1c82000 0x2000>,
                  <0x1c84000 0x2000>, <0x1c86000 0x1000>;
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
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          gic: interrupt-controller@1c81000 {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
            reg = <0x1c81000 0x1000>, <0x1c82000 0x2000>,
                  <0x1c84000 0x2000>, <0x1c86000 0x1000>;
          };
        };
        """, for: .xen("4.6")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 7) else { return }
    for gic in context.gics where gic.version == .two && context.isEnabled(gic.node) {
      let blocks = context.reg(gic.node)
      guard blocks.count >= 4 else { continue }
      let (own, virtual) = (max(blocks[1].size, 0x2000), blocks[3].size)
      guard own != virtual else { continue }
      let counted =
        own == blocks[1].size ? "" : ", which Xen takes for \(hex(own)),"
      findings.report(
        "GICC has \(hex(blocks[1].size)) bytes\(counted) and GICV \(hex(virtual)); Xen wants them to be equal",
        at: gic.node, context.tree.property(gic.node, .reg),
        help:
          "give the second and the fourth pair of `reg` the size of the chip's manual, mostly 0x2000"
      )
    }
  }
}
