import BootImages
import DeviceTree
import Diagnostics

/// A device that dom0 does not get because of a private interrupt.
enum PPIDeviceDom0: TreeRule {
  static let card = RuleCard(
    id: "ppi-device-dom0", family: .interrupts, severity: .info,
    summary: "a device with a PPI is kept from dom0",
    why: """
      Xen hands no private line of a processor to a guest. Since 4.13 it leaves a device that
      has one out of dom0's tree, with all nodes below it. From 4.5 to 4.12 it did not build
      dom0 for such a tree: "IRQ can only be routed to an SPI".
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    after: ["irq-type-cell"],
    source: "Xen xen/arch/arm/domain_build.c, handle_node; commit 9b1a31922a",
    bad: [
      .withGIC(
        """
        timer-of-the-core {
          compatible = "arm,cortex-a9-twd-timer";
          «interrupts» = <1 13 0xf01>;
        };
        """, for: .xen("4.17"))
    ],
    good: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
        };
        pmu {
          compatible = "arm,cortex-a7-pmu";
          interrupts = <1 7 0xf04>;
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let isFatal = (XenVersion(major: 4, minor: 5)..<XenVersion(major: 4, minor: 13)).contains(
      context.xen)
    var last: NodeID?
    for interrupt in context.allGICInterrupts
    where interrupt.type != 0 && interrupt.number < 16 && interrupt.node != last {
      last = interrupt.node
      if interrupt.node == context.timer || context.gicVersion(interrupt.node) != nil { continue }
      guard context.isEnabled(interrupt.node), context.wouldReachDom0(interrupt.node) else {
        continue
      }
      findings.report(
        "\(interrupt.name) keeps this device from dom0"
          + (isFatal ? ", which Xen \(context.xen) does not build with it" : ""),
        at: interrupt.node, interrupt.interrupt.property, severity: isFatal ? .error : nil,
        help: isFatal
          ? "take the node out of the tree, or boot Xen 4.13 or newer"
          : "expect no such device in dom0; take the node out to be free of this")
    }
  }
}
