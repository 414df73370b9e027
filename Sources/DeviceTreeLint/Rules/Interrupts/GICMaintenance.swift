import Boards
import DeviceTree
import Diagnostics

/// A GIC that does not say by which interrupt it tells the hypervisor.
enum GICMaintenance: TreeRule {
  static let card = RuleCard(
    id: "gic-maintenance", family: .interrupts, severity: .error,
    summary: "the GIC has no maintenance interrupt, or another one than the chip",
    why: """
      The GIC has a private interrupt of its own (mostly PPI 9) by which it tells a hypervisor
      that a guest's interrupts have run out of slots. Xen takes it from the first interrupt
      of the GIC's node, and stops without it: "Cannot find the maintenance IRQ". With another
      number guests lose interrupts.
      """,
    context: .xen,
    evidence: .seen("GICv2: Cannot find the maintenance IRQ", version: "4.17.5"),
    after: ["gic-cells", "gic-driver", "gic-reg-four", "irq-cells-short", "irq-parent-resolves"],
    source: "Xen xen/arch/arm/gic-v2.c, gicv2_dt_init, and gic-v3.c; the chip in Boards/soc",
    bad: [
      RuleExample(
        """
        / {
          interrupt-parent = <&gic>;
          gic: «interrupt-controller» {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
            reg = <0 0x1c81000 0x1000>, <0 0x1c82000 0x2000>,
                <0 0x1c84000 0x2000>, <0 0x1c86000 0x2000>;
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          compatible = "allwinner,sun7i-a20";
          interrupt-parent = <&gic>;
          gic: interrupt-controller {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
            reg = <0 0x1c81000 0x1000>, <0 0x1c82000 0x2000>,
                <0 0x1c84000 0x2000>, <0 0x1c86000 0x2000>;
            «interrupts» = <1 25 0xf04>;
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          interrupt-parent = <&gic>;
          gic: interrupt-controller {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
            reg = <0 0x1c81000 0x1000>, <0 0x1c82000 0x2000>,
                <0 0x1c84000 0x2000>, <0 0x1c86000 0x2000>;
            interrupts = <1 9 0xf04>;
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let gic = context.gics.first(where: { context.isEnabled($0.node) }) else { return }
    guard let first = context.gicInterrupts(gic.node).first else {
      findings.report(
        "the GIC has no interrupt of its own, by which Xen is told of guests' interrupts",
        at: gic.node, context.tree.property(gic.node, .interrupts),
        help: "add `interrupts = <1 9 0xf04>`, with the number of the chip's manual")
      return
    }
    guard let own = context.soc?.gic.maintenance else { return }
    if first.type == 1, first.number == UInt32(own) { return }
    findings.report(
      "the GIC's maintenance interrupt is \(first.name); this chip has PPI \(own)",
      at: gic.node, first.interrupt.property, help: "write <1 \(own) 0xf04>",
      fix: Fix(
        .risky, "write <1 \(own) 0xf04>",
        .set(
          node: context.tree.path(gic.node), property: "interrupts", value: "<1 \(own) 0xf04>")))
  }
}
