import DeviceTree
import Diagnostics

/// A PPI that says of itself that it is wired to no processor.
enum IRQPPIMask: InterruptRule {
  static let card = RuleCard(
    id: "irq-ppi-mask", family: .interrupts, severity: .warning,
    summary: "a PPI's processor mask is empty or leaves processor 0 out",
    why: """
      Bits 8 to 15 of the third cell have a bit for each processor that the line is wired to.
      Software that believes them enables the timer's line nowhere, or not on the processor
      that boots. Xen and today's Linux do not look, so for other devices than the timer this
      is worth a note only. The mask is not a count: four processors are 0xf.
      """,
    evidence: .seen("Generic Timer IRQ: phys=30 hyp=26 virt=27", version: "4.17.5"),
    source: "arm,gic.yaml",
    bad: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          «interrupts» = <1 13 0x008>, <1 14 0x008>, <1 11 0x008>, <1 10 0x008>;
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
        """),
      .withGICv3(
        """
        timer {
          compatible = "arm,armv8-timer";
          interrupts = <1 13 8>, <1 14 8>, <1 11 8>, <1 10 8>;
        };
        """),
    ])

  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool {
    interrupt.version == .two && interrupt.type == 1 && interrupt.flags & 0x100 == 0
  }

  static func message(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> String {
    let mask = interrupt.flags >> 8 & 0xFF
    return "\(interrupt.name) "
      + (mask == 0
        ? "is wired to no processor by its mask, bits 8 to 15"
        : "is not wired to processor 0 by its mask \(hex(mask))")
  }

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String {
    "set a bit for each processor: 0x3 for two, 0xf for four"
  }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? {
    guard let cpus = context.cpus else { return nil }
    let count = context.tree.children(cpus).reduce(0) {
      $0 + (context.tree.baseNameIs($1, "cpu") ? 1 : 0)
    }
    guard (1...8).contains(count) else { return nil }
    let mask = UInt32(0xFF) >> UInt32(8 - count)
    return InterruptCells(interrupt).with(flags: interrupt.flags & ~0xFF00 | mask << 8)
  }

  static func severity(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> Severity? {
    interrupt.node == context.timer ? nil : .info
  }
}
