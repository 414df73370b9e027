import DeviceTree
import Diagnostics

/// A GIC that takes a number of cells that its binding does not have.
enum GICCells: TreeRule {
  static let card = RuleCard(
    id: "gic-cells", family: .interrupts, severity: .error,
    summary: "the GIC's `#interrupt-cells` is not what its binding says",
    why: """
      A GICv2's interrupt has three cells: kind, number, flags. A GICv3's has three, or four
      where private lines are divided among groups of processors. With any other number each
      interrupt of the tree is cut wrongly; Linux and Xen refuse them all, Xen's own first
      ("Cannot find the maintenance IRQ").
      """,
    evidence: .silence(version: "4.17.5"),
    aliases: ["interrupt_provider", "interrupts_extended_property", "interrupts_property"],
    source:
      "arm,gic.yaml and arm,gic-v3.yaml; Xen xen/common/device-tree/device-tree.c, dt_irq_map_raw",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          gic: interrupt-controller@1c81000 {
            compatible = "arm,gic-400";
            interrupt-controller;
            «#interrupt-cells» = <1>;
          };
        };
        """)
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
          };
        };
        """),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          gic: interrupt-controller@1c81000 {
            compatible = "arm,gic-v3";
            interrupt-controller;
            #interrupt-cells = <4>;
          };
        };
        """),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for gic in context.gics where context.isEnabled(gic.node) {
      let property = context.tree.property(gic.node, .interruptCells)
      let cells = property.flatMap { context.tree.onlyCell($0) }
      if cells == 3 || (cells == 4 && gic.version == .three) { continue }
      let kind = gic.version == .two ? "a GICv2 takes 3" : "a GICv3 takes 3 or 4"
      findings.report(
        "the GIC takes \(cells.map { "\($0) cells" } ?? "no number of cells") an interrupt; \(kind)",
        at: gic.node, property,
        help: "write `#interrupt-cells = <3>` and each interrupt as kind, number, flags",
        fix: Fix(
          .risky, "write <3>",
          .set(node: context.tree.path(gic.node), property: "#interrupt-cells", value: "<3>")),
        aliases: cells == nil ? ["interrupt_provider"] : ["interrupts_property"],
        others: context.senders[gic.node] ?? [])
    }
  }
}
