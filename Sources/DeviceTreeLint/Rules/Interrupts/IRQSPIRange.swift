import Boards
import DeviceTree
import Diagnostics

/// An SPI with a number that no GIC, or not this one, has.
enum IRQSPIRange: InterruptRule {
  static let card = RuleCard(
    id: "irq-spi-range", family: .interrupts, severity: .error,
    summary: "an SPI has a number that the GIC does not have",
    why: """
      SPIs are counted from 0 to 987, and most GICs have fewer of them. Xen refuses to build
      dom0 for a line beyond the last; a number far beyond it (2000) makes Xen itself fault. A
      number from a manual is 32 too large where the manual counts the lines of each processor
      too.
      """,
    evidence: .seen(
      "the vIRQ number 332 is too high for domain 0 (max = 288)", version: "4.17.5"),
    source: "arm,gic.yaml; Xen xen/arch/arm/irq.c, route_irq_to_guest and irq_set_spi_type",
    bad: [
      .withGIC(
        """
        mmc {
          «interrupts» = <0 2000 4>;
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
    guard interrupt.isShared, context.knowsChip || interrupt.number > 987 else { return false }
    return interrupt.number >= count(interrupt, context)
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "\(interrupt.name) does not exist: the last one is \(count(interrupt, context) - 1)"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "take the number from the chip's manual, less 32 where that counts from the first line of all"
  }

  /// How many there are.
  private static func count(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> UInt32 {
    if interrupt.type == 2 { return 1024 }
    guard let lines = context.chipGICLines, lines > 32 else { return 988 }
    return UInt32(lines - 32)
  }
}
