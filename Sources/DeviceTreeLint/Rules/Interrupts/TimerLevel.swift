import DeviceTree
import Diagnostics

/// A generic timer that is flagged edge.
enum TimerLevel: InterruptRule {
  static let card = RuleCard(
    id: "timer-level", family: .interrupts, severity: .warning,
    summary: "the generic timer's interrupts are flagged edge",
    why: """
      The timer holds its line until its compare value is moved on. Xen warns of each
      interrupt that comes out as an edge; a tick that comes late could crash it before commit
      f688aec47c. Linux warns and takes it for a level.
      """,
    evidence: .seen("is not level triggered", version: "4.17.5"),
    source: "Xen xen/arch/arm/time.c, check_timer_irq_cfg; arm,arch_timer.yaml",
    bad: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          «interrupts» = <1 13 0xf01>, <1 14 0xf01>, <1 11 0xf01>, <1 10 0xf01>;
        };
        """)
    ],
    good: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
        };
        """)
    ])

  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool {
    interrupt.type == 1 && (interrupt.trigger == 1 || interrupt.trigger == 2)
      && interrupt.node == context.timer
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "the timer's \(interrupt.name) is flagged edge (\(interrupt.trigger))"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "write 8, level low, in the low bits of the flags: 0xf08"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    InterruptCells(interrupt).with(flags: interrupt.flags & ~0xF | 8)
  }
}
