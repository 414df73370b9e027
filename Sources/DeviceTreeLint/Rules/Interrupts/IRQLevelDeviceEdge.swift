import Boards
import BootImages
import DeviceTree
import Diagnostics

/// A block that holds its line is flagged as if it sent a pulse.
enum IRQLevelDeviceEdge: InterruptRule {
  static let card = RuleCard(
    id: "irq-level-device-edge", family: .interrupts, severity: .warning,
    summary: "a block whose line is a level is flagged edge",
    why: """
      The block holds its line until its driver has seen to it. Taken for an edge, what comes
      while the line is still up is missed: transfers time out under load. Very old trees have
      1 everywhere, and on Xen before 4.4 boots that hung with 4 seemed to be cured by 1; the
      cure is a newer Xen. It is told where the chip is known.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "the chip's table in Boards/soc; arm,gic.yaml",
    bad: [
      .onA20(
        """
        mmc@1c0f000 {
          reg = <0x1c0f000 0x1000>;
          «interrupts» = <0 32 1>;
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

  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool {
    guard context.knowsBlocks, interrupt.isShared, interrupt.trigger == 1,
      let block = context.block(interrupt.node)
    else { return false }
    return block.trigger == .level
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "\(interrupt.name) of \(context.block(interrupt.node)?.name ?? "the block") is a level, "
      + "and is flagged edge"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    if context.isForXen, context.xen < XenVersion(major: 4, minor: 4) {
      return "write 4, and boot Xen 4.4 or newer: an older one may hang on a level"
    }
    return "write 4"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    InterruptCells(interrupt).with(flags: interrupt.flags & ~0xF | 4)
  }
}
