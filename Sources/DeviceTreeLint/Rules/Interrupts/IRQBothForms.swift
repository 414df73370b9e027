import DeviceTree
import Diagnostics

/// A node that tells its interrupts twice.
enum IRQBothForms: PropertyRule {
  static let card = RuleCard(
    id: "irq-both-forms", family: .interrupts, severity: .info,
    summary: "a node has both `interrupts` and `interrupts-extended`",
    why: """
      The extended form wins, and the other one is for software that does not know it. Xen
      knows it since 4.13; before that it takes `interrupts`, so the two should mean the same
      line.
      """,
    evidence: .seen("the vIRQ number 332 is too high for domain 0 (max = 288)", version: "4.17.5"),
    source: "Linux interrupts.txt; Xen xen/common/device-tree/device-tree.c, dt_device_get_raw_irq",
    bad: [
      .withGIC(
        """
        mmc {
          interrupts = <0 33 4>;
          «interrupts-extended» = <&gic 0 32 4>;
        };
        """)
    ],
    good: [
      .withGIC(
        """
        mmc {
          interrupts-extended = <&gic 0 32 4>;
        };
        """)
    ])

  static let names: [KnownName] = [.interruptsExtended]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    guard context.tree.has(node, .interrupts) else { return }
    findings.report(
      "the node has `interrupts` too, which only Xen before 4.13 would take", at: node, property,
      help: "leave the form out that nobody needs")
  }
}
