import Boards
import DeviceTree
import Diagnostics

/// An SPI that is flagged edge, in a chip without any.
enum A20AllLevel: InterruptRule {
  static let card = RuleCard(
    id: "a20-all-level", family: .soc, severity: .warning,
    summary: "an SPI is flagged edge, and the chip has none that is",
    why: """
      The trees of 2013 flagged every line of this chip as an edge, which was mended in Linux
      a year later. What comes while the line is still up is missed. Xen before 4.4 could hang
      with levels; take a newer Xen, not the old flags.
      """,
    after: ["irq-level-device-edge"],
    source: "sun7i-a20.dtsi",
    bad: [
      .onA20(
        """
        pmu {
          compatible = "arm,cortex-a7-pmu";
          «interrupts» = <0 120 1>, <0 121 1>;
        };
        """)
    ],
    good: [
      .onA20(
        """
        pmu {
          compatible = "arm,cortex-a7-pmu";
          interrupts = <0 120 4>, <0 121 4>;
        };
        """)
    ])

  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool {
    interrupt.isShared && interrupt.trigger == 1 && context.knowsBlocks
      && context.soc?.blocks.allSatisfy { $0.trigger == .level } == true
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "\(interrupt.name) is flagged edge; all lines of this chip are levels"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "write 4, or take the tree from a kernel of 2014 or later"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    InterruptCells(interrupt).with(flags: interrupt.flags & ~0xF | 4)
  }
}
