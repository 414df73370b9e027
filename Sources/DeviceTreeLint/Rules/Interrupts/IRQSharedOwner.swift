import DeviceTree
import Diagnostics

/// A line of two devices, one of which is to go to a guest.
enum IRQSharedOwner: TreeRule {
  static let card = RuleCard(
    id: "irq-shared-owner", family: .interrupts, severity: .warning,
    summary: "an SPI of a device for a guest is also a device's of dom0",
    why: """
      A line has one owner. dom0 gets it first, with the device that stays there; when the
      guest starts, Xen refuses to hand it out again: "IRQ … is already used by domain 0".
      """,
    context: .xen,
    evidence: .seen("IRQ 153 is already used by domain 0", version: "4.17.5"),
    source: "Xen xen/arch/arm/irq.c, route_irq_to_guest; docs/misc/arm/passthrough.txt",
    bad: [
      .withGIC(
        """
        watchdog {
          interrupts = <0 24 4>;
        };
        rtc {
          xen,passthrough;
          «interrupts» = <0 24 4>;
        };
        """, for: .xen("4.17"))
    ],
    good: [
      .withGIC(
        """
        watchdog {
          xen,passthrough;
          interrupts = <0 24 4>;
        };
        rtc {
          xen,passthrough;
          interrupts = <0 24 4>;
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    let given = context.allGICInterrupts.filter {
      $0.type == 0 && tree.has($0.node, .xenPassthrough)
    }
    guard !given.isEmpty else { return }
    var kept: [UInt32: NodeID] = [:]
    for interrupt in context.allGICInterrupts
    where interrupt.type == 0 && !tree.has(interrupt.node, .xenPassthrough)
      && kept[interrupt.number] == nil && context.reachesDom0(interrupt.node)
    {
      kept[interrupt.number] = interrupt.node
    }
    for interrupt in given {
      guard let other = kept[interrupt.number] else { continue }
      findings.report(
        "\(interrupt.name) is to go to a guest, and \(tree.path(other)) keeps it in dom0",
        at: interrupt.node, interrupt.interrupt.property,
        help: "pass both devices to the same guest, or neither")
    }
  }
}
