import DeviceTree
import Diagnostics

/// An interrupt without a trigger.
enum IRQFlagZero: InterruptRule {
  static let card = RuleCard(
    id: "irq-flag-zero", family: .interrupts, severity: .warning,
    summary: "an interrupt says nothing of its trigger",
    why: """
      With 0 in the low bits of the third cell nobody programs the line: it stays edge or
      level as reset or firmware left it. On some boots a level is then taken for an edge, and
      interrupts get lost. Xen also takes 0 for a type of its own, which another node with the
      same line contradicts.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "arm,gic.yaml; Xen xen/arch/arm/gic-v2.c, gicv2_set_irq_type",
    bad: [
      .withGIC(
        """
        mmc {
          «interrupts» = <0 32 0>;
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
    interrupt.trigger == 0 && (interrupt.isShared || interrupt.isPrivate)
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "\(interrupt.name) has no trigger: bits 0 to 3 of its flags are 0"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "write 4 for a level, 1 for an edge; the device's binding or driver tells which"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    guard interrupt.isShared else { return nil }
    return InterruptCells(interrupt).with(flags: interrupt.flags | 4)
  }
}
