import DeviceTree
import Diagnostics

/// A PPI with a number that lies among the SPIs.
enum IRQPPIRange: InterruptRule {
  static let card = RuleCard(
    id: "irq-ppi-range", family: .interrupts, severity: .error,
    summary: "a PPI has a number above 15",
    why: """
      Each processor has 16 lines of its own, counted from 0. Manuals count them from 16 (the
      virtual timer is 27 there and 11 here). Xen adds 16 to whatever stands here, so that a
      larger number becomes an SPI of some other device.
      """,
    evidence: .seen("Unable to get irq 0 for /device-b", version: "4.17.5"),
    source: "arm,gic.yaml and arm,gic-v3.yaml; Xen xen/arch/arm/gic.c, gic_irq_xlate",
    bad: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          «interrupts» = <1 29 0xf08>, <1 30 0xf08>, <1 27 0xf08>, <1 26 0xf08>;
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
    interrupt.isPrivate && interrupt.number > (interrupt.type == 1 ? 15 : 63)
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "\(interrupt.name) does not exist: the last one is \(interrupt.type == 1 ? 15 : 63)"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "subtract 16 from a number that a manual counts from the first interrupt of all"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    guard interrupt.type == 1, (16...31).contains(interrupt.number) else { return nil }
    return InterruptCells(interrupt).with(number: interrupt.number - 16)
  }
}
