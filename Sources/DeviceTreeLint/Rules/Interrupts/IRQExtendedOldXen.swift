import BootImages
import DeviceTree
import Diagnostics

/// A GIC or timer whose interrupts an old Xen cannot see.
enum IRQExtendedOldXen: TreeRule {
  static let card = RuleCard(
    id: "irq-extended-old-xen", family: .interrupts, severity: .error,
    summary:
      "the GIC or the timer has its interrupts in `interrupts-extended` only, for a Xen that does not know it",
    why: """
      Xen before 4.13 reads `interrupts` alone. Without the timer's or the GIC's own
      interrupts it stops when it starts: "Unable to retrieve IRQ 0 from the device tree".
      Other devices lose theirs.
      """,
    context: .xen,
    evidence: .seen("Generic Timer IRQ: phys=30 hyp=26 virt=27", version: "4.17.5"),
    source: "Xen commit 2e9f5f7262; xen/arch/arm/time.c",
    bad: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          «interrupts-extended» = <&gic 1 13 0xf08>, <&gic 1 14 0xf08>,
              <&gic 1 11 0xf08>, <&gic 1 10 0xf08>;
        };
        """, for: .xen("4.12"))
    ],
    good: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          interrupts-extended = <&gic 1 13 0xf08>, <&gic 1 14 0xf08>,
              <&gic 1 11 0xf08>, <&gic 1 10 0xf08>;
        };
        """, for: .xen("4.13"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen < XenVersion(major: 4, minor: 13) else { return }
    let tree = context.tree
    func judge(_ node: NodeID, _ name: String) {
      guard let property = tree.property(node, .interruptsExtended), !tree.has(node, .interrupts)
      else { return }
      findings.report(
        "Xen \(context.xen) does not know `interrupts-extended`, and \(name) has nothing else",
        at: node, property,
        help: "write `interrupts` and `interrupt-parent`, or boot Xen 4.13 or newer")
    }
    if let gic = context.gics.first(where: { context.isEnabled($0.node) }) {
      judge(gic.node, "the GIC")
    }
    if let timer = context.timer { judge(timer, "the timer") }
  }
}
