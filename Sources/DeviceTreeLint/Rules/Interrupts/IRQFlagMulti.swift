import DeviceTree
import Diagnostics

/// An interrupt with several triggers.
enum IRQFlagMulti: InterruptRule {
  static let card = RuleCard(
    id: "irq-flag-multi", family: .interrupts, severity: .error,
    summary: "an interrupt is flagged with more than one trigger",
    why: """
      The low bits of the third cell are one choice of rising edge (1), falling edge (2), high
      (4) and low level (8). Linux refuses an SPI with anything but 1 or 4, and its driver
      does not start. Xen takes the line for a level as soon as a bit says so.
      """,
    evidence: .seen("genirq: Setting trigger mode 5 for irq", version: "4.17.5"),
    source: "arm,gic.yaml",
    bad: [
      .withGIC(
        """
        mmc {
          «interrupts» = <0 32 5>;
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
    interrupt.trigger & (interrupt.trigger &- 1) != 0 && (interrupt.isShared || interrupt.isPrivate)
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "\(interrupt.name) has the triggers of \(interrupt.trigger), of which there can be one"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "write one of 1 (rising edge) and 4 (level high); PPIs also have 2 (falling) and 8 (low)"
  }
}
