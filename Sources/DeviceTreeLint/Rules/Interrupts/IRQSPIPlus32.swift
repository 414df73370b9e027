import Boards
import DeviceTree
import Diagnostics

/// An interrupt that is counted as the GIC's registers count.
enum IRQSPIPlus32: InterruptRule {
  static let card = RuleCard(
    id: "irq-spi-plus32", family: .interrupts, severity: .warning,
    summary: "an SPI is given 32 too large",
    why: """
      A tree counts SPIs from 0; the GIC, many manuals and a guest's `irqs=` for xl count the
      32 lines of each processor before them. The device waits for another one's line and
      never hears of its own: timeouts, or nothing at all. It is told where the chip is known
      and the number less 32 is the block's own.
      """,
    source: "arm,gic.yaml; the chip's table in Boards/soc",
    bad: [
      .onA20(
        """
        mmc@1c0f000 {
          reg = <0x1c0f000 0x1000>;
          «interrupts» = <0 64 4>;
        };
        """)
    ],
    good: [
      .onA20(
        """
        mmc@1c0f000 {
          reg = <0x1c0f000 0x1000>;
          interrupts = <0 32 4>;
        };
        """)
    ])

  /// The chip's own table says which it is.
  static let fixSafety = Fix.Safety.safe

  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool {
    guard context.knowsBlocks, interrupt.type == 0, interrupt.number >= 32,
      let block = context.block(interrupt.node)
    else { return false }
    return block.has(interrupt.number - 32) && !block.has(interrupt.number)
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "\(interrupt.name) is 32 too many: "
      + "\(context.block(interrupt.node)?.name ?? "the block") has SPI \(interrupt.number &- 32)"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "write \(interrupt.number &- 32): trees count SPIs from 0"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    guard interrupt.number >= 32 else { return nil }
    return InterruptCells(interrupt).with(number: interrupt.number - 32)
  }
}
