import DeviceTree
import Diagnostics

/// Bits in an interrupt's flags that nobody has given a meaning.
enum IRQFlagHighBits: InterruptRule {
  static let card = RuleCard(
    id: "irq-flag-high-bits", family: .interrupts, severity: .warning,
    summary: "an interrupt's flags have bits that mean nothing",
    why: """
      The third cell has the trigger in bits 0 to 3, and with a GICv2 a mask of processors in
      bits 8 to 15; a GICv3 has no mask. Other bits are mostly an address, a phandle or a
      number in the wrong place: the cells may have slipped by one.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "arm,gic.yaml and arm,gic-v3.yaml",
    bad: [
      .withGIC(
        """
        mmc {
          «interrupts» = <0 32 0x14>;
        };
        """),
      .withGICv3(
        """
        timer {
          compatible = "arm,armv8-timer";
          «interrupts» = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
        };
        """),
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
    interrupt.flags & ~mask(interrupt) != 0 && (interrupt.isShared || interrupt.isPrivate)
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    "\(interrupt.name) has the flags \(hex(interrupt.flags)), "
      + "of which \(hex(interrupt.flags & ~mask(interrupt))) means nothing"
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "write the trigger alone (4 level, 1 edge), for a PPI of a GICv2 with its mask, as in 0xf08"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    InterruptCells(interrupt).with(flags: interrupt.flags & mask(interrupt))
  }

  private static func mask(_ interrupt: LintContext.GICInterrupt) -> UInt32 {
    interrupt.version == .two ? 0xFF0F : 0xF
  }
}
