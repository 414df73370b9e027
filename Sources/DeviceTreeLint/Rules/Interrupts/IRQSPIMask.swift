import DeviceTree
import Diagnostics

/// An SPI with a processor mask.
enum IRQSPIMask: InterruptRule {
  static let card = RuleCard(
    id: "irq-spi-mask", family: .interrupts, severity: .error,
    summary: "an SPI has a processor mask, which only PPIs have",
    why: """
      Bits 8 to 15 of the third cell say which processors a private line (PPI) is wired to;
      for a shared one they mean nothing. They mostly come from a PPI's line that was copied,
      and then its trigger or number is often wrong too. Linux and Xen drop the bits.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "arm,gic.yaml",
    bad: [
      .withGIC(
        """
        serial {
          «interrupts» = <0 1 0xf04>;
        };
        """)
    ],
    good: [
      .withGIC(
        """
        serial {
          interrupts = <0 1 4>;
        };
        """)
    ])

  /// Nobody reads those bits.
  static let fixSafety = Fix.Safety.safe

  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool {
    interrupt.version == .two && interrupt.isShared && interrupt.flags & 0xFF00 != 0
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "\(interrupt.name) has the processor mask \(hex(interrupt.flags >> 8 & 0xFF)), which only PPIs have"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "write the trigger alone, 4 or 1"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    InterruptCells(interrupt).with(flags: interrupt.flags & ~0xFF00)
  }
}
