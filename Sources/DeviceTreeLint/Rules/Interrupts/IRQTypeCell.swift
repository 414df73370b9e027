import DeviceTree
import Diagnostics

/// An interrupt of a kind that the GIC does not have.
enum IRQTypeCell: InterruptRule {
  static let card = RuleCard(
    id: "irq-type-cell", family: .interrupts, severity: .error,
    summary: "an interrupt's first cell is neither 0 (SPI) nor 1 (PPI)",
    why: """
      The first cell tells a line of the whole machine (SPI, 0) from one of each processor
      (PPI, 1); a GICv3 has 2 and 3 for the extended ones. Linux refuses anything else today,
      and the driver gets no interrupt. Xen takes whatever is not 0 for a PPI: another line
      than was meant, and with a number below 16 the device vanishes from dom0.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "arm,gic.yaml and arm,gic-v3.yaml; Xen xen/arch/arm/gic.c, gic_irq_xlate",
    bad: [
      .withGIC(
        """
        mmc {
          «interrupts» = <2 32 4>;
        };
        """)
    ],
    good: [
      .withGIC(
        """
        mmc {
          interrupts = <0 32 4>;
        };
        """),
      .withGICv3(
        """
        sensor {
          interrupts = <2 32 4>;
        };
        """),
    ])

  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool {
    !interrupt.isShared && !interrupt.isPrivate
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "the first cell of <\(InterruptCells(interrupt).text)> is \(interrupt.type); "
      + (interrupt.version == .two
        ? "0 is an SPI and 1 a PPI" : "0 is an SPI, 1 a PPI, 2 and 3 extended")
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "write 0 for a line that all processors see (SPI), 1 for one that each has for itself (PPI)"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    // No PPI has such a number.
    interrupt.number > 15 ? InterruptCells(interrupt).with(type: 0) : nil
  }
}
