import DeviceTree
import Diagnostics

/// An SPI with a trigger that a GIC does not have for it.
enum IRQSPIFlag: InterruptRule {
  static let card = RuleCard(
    id: "irq-spi-flag", family: .interrupts, severity: .error,
    summary: "an SPI is flagged falling edge or level low",
    why: """
      A GIC takes a rising edge (1) or a high level (4) from a shared line, and nothing else;
      a line that works the other way round is turned in hardware before it. Linux refuses the
      interrupt, and the driver fails to probe. Xen does not mind: it programs level for 8 and
      edge for 2.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source:
      "arm,gic.yaml; Linux drivers/irqchip/irq-gic.c, gic_set_type; Xen xen/arch/arm/gic-v2.c",
    bad: [
      .withGIC(
        """
        mmc {
          «interrupts» = <0 32 8>;
        };
        """)
    ],
    good: [
      .withGIC(
        """
        mmc {
          interrupts = <0 32 4>;
        };
        """)
    ])

  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool {
    interrupt.isShared && (interrupt.trigger == 2 || interrupt.trigger == 8)
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "\(interrupt.name) is flagged \(interrupt.trigger == 8 ? "level low (8)" : "falling edge (2)"), "
      + "which a GIC does not have for it"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "write 4 for a level or 1 for an edge"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    let trigger: UInt32 = interrupt.trigger == 8 ? 4 : 1
    return InterruptCells(interrupt).with(flags: interrupt.flags & ~0xF | trigger)
  }
}
