import Boards
import DeviceTree
import Diagnostics

/// The two display back ends taken for each other.
enum A20FEBEOrder: InterruptRule {
  static let card = RuleCard(
    id: "a20-fe-be-order", family: .soc, severity: .info,
    summary: "two blocks that are easily mistaken have each other's interrupts",
    why: """
      Of the two display back ends the second has the lower address, 0x1e40000. Described the
      other way round, the picture goes to the wrong output, or the driver waits for the wrong
      line.
      """,
    source: "sun7i-a20.dtsi, display-backend@1e40000 and @1e60000",
    bad: [
      .onA20(
        """
        display-backend@1e40000 {
          reg = <0x1e40000 0x10000>;
          «interrupts» = <0 47 4>;
        };
        display-backend@1e60000 {
          reg = <0x1e60000 0x10000>;
          «interrupts» = <0 48 4>;
        };
        """)
    ],
    good: [
      .onA20(
        """
        display-backend@1e40000 {
          reg = <0x1e40000 0x10000>;
          interrupts = <0 48 4>;
        };
        display-backend@1e60000 {
          reg = <0x1e60000 0x10000>;
          interrupts = <0 47 4>;
        };
        """)
    ])

  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool {
    guard context.knowsBlocks, interrupt.type == 0, let block = context.block(interrupt.node),
      let twin = block.mistakenFor.flatMap({ context.soc?.block(named: $0) })
    else { return false }
    return !block.has(interrupt.number) && twin.has(interrupt.number)
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    let block = context.block(interrupt.node)
    return "\(interrupt.name) belongs to \(block?.mistakenFor ?? "the other block"), and "
      + "\(block?.name ?? "this one") is what lies here"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "exchange the interrupts, clocks and resets of the two; the lower address is the second one"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    guard let spi = context.block(interrupt.node)?.spis.first else { return nil }
    return InterruptCells(interrupt).with(number: UInt32(spi))
  }
}
