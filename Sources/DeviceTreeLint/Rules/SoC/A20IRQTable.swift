import Boards
import DeviceTree
import Diagnostics

/// A block of the chip with a line that is not its own.
enum A20IRQTable: InterruptRule {
  static let card = RuleCard(
    id: "a20-irq-table", family: .soc, severity: .warning,
    summary: "a block has an interrupt that belongs to another one",
    why: """
      The driver waits for a line that never moves, and the one that does is nobody's: the
      device times out, or is found and stays dead. The number is told by the block that
      begins where the node's `reg` does.
      """,
    after: [
      "a20-fe-be-order", "irq-ppi-range", "irq-spi-plus32", "irq-spi-range", "irq-type-cell",
    ],
    source: "sun7i-a20.dtsi",
    bad: [
      .onA20(
        """
        mmc@1c0f000 {
          reg = <0x1c0f000 0x1000>;
          «interrupts» = <0 33 4>;
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
        """),
      .onA20(
        """
        gpu@1c40000 {
          reg = <0x1c40000 0x10000>;
          interrupts = <0 69 4>, <0 70 4>, <0 71 4>;
        };
        """),
    ])

  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool {
    guard context.knowsBlocks, let block = context.block(interrupt.node), !block.spis.isEmpty
    else { return false }
    return interrupt.type != 0 || !block.has(interrupt.number)
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    let block = context.block(interrupt.node)
    let own = (block?.spis ?? []).map(String.init).joined(separator: ", ")
    return "\(block?.name ?? "the block") has SPI \(own) in this chip, not \(interrupt.name)"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "take the interrupt from the chip's own .dtsi"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    guard let block = context.block(interrupt.node), let spi = block.spis.first,
      block.spis.count == 1
    else { return nil }
    return InterruptCells(interrupt).with(type: 0, number: UInt32(spi))
  }
}
