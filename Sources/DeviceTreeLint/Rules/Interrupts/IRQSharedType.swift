import BootImages
import DeviceTree
import Diagnostics

/// One SPI, and two nodes that do not agree on its trigger.
enum IRQSharedType: TreeRule {
  static let card = RuleCard(
    id: "irq-shared-type", family: .interrupts, severity: .error,
    summary: "one SPI has different triggers at two nodes",
    why: """
      Xen keeps one trigger for each line: the first that it meets while it builds dom0. A
      node with another one makes it give up ("Unable to get irq 0 for …", "Could not set up
      DOM0 guest OS"). Since 4.6 it looks at disabled nodes as well, so that `status` does not
      help, and takes the `interrupt-map` of a PCI bus (`device_type = "pci"`) as it does
      `interrupts`. Xen 4.3 and 4.4 took the last one.
      """,
    context: .xen,
    evidence: .seen("Unable to get irq 0 for /tb", version: "4.17.5"),
    after: ["a20-all-level", "irq-flag-zero", "irq-level-device-edge", "irq-spi-flag"],
    source: """
      Xen xen/arch/arm/irq.c, irq_set_spi_type; xen/arch/arm/device.c, map_device_irqs_to_domain and \
      map_device_children
      """,
    bad: [
      .withGIC(
        """
        watchdog {
          interrupts = <0 24 4>;
        };
        rtc {
          «interrupts» = <0 24 1>;
        };
        """, for: .xen("4.17")),
      .withGIC(
        """
        watchdog {
          interrupts = <0 24 4>;
        };
        rtc {
          «interrupts» = <0 24 1>;
          status = "disabled";
        };
        """, for: .xen("4.17")),
      .withGIC(
        """
        watchdog {
          interrupts = <0 24 4>;
        };
        pcie {
          device_type = "pci";
          #address-cells = <3>; #size-cells = <2>;
          #interrupt-cells = <1>;
          interrupt-map-mask = <0 0 0 7>;
          «interrupt-map» = <0 0 0 1 &gic 0 24 1>, <0 0 0 2 &gic 0 25 1>;
        };
        """, for: .xen("4.17")),
    ],
    good: [
      .withGIC(
        """
        watchdog {
          interrupts = <0 24 4>;
        };
        rtc {
          interrupts = <0 24 4>;
        };
        """, for: .xen("4.17")),
      .withGIC(
        """
        watchdog {
          interrupts = <0 24 4>;
        };
        rtc {
          interrupts = <0 24 1>;
          status = "disabled";
        };
        """, for: .xen("4.5")),
      .withGIC(
        """
        watchdog {
          interrupts = <0 24 4>;
        };
        pcie {
          device_type = "pci";
          #address-cells = <3>; #size-cells = <2>;
          #interrupt-cells = <1>;
          interrupt-map-mask = <0 0 0 7>;
          interrupt-map = <0 0 0 1 &gic 0 24 4>, <0 0 0 2 &gic 0 24 4>;
        };
        """, for: .xen("4.17")),
    ])

  static let judgesDisabled = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    // Which triggers each line has, a bit for each; most trees have no line with two.
    var triggers: [UInt16] = []
    var isContested = false
    let mapped = context.mappedInterrupts
    let all = mapped.isEmpty ? context.allGICInterrupts : context.allGICInterrupts + mapped
    for interrupt in all where interrupt.type == 0 && interrupt.number < 1024 {
      if triggers.isEmpty { triggers = Array(repeating: 0, count: 1024) }
      let number = Int(interrupt.number)
      triggers[number] |= 1 << UInt16(interrupt.trigger)
      if triggers[number].nonzeroBitCount > 1 { isContested = true }
    }
    guard isContested else { return }
    let shared = all.filter {
      $0.type == 0 && $0.number < 1024 && triggers[Int($0.number)].nonzeroBitCount > 1
        && context.reachesDom0($0.node)
    }
    // What the others are held against: a level, as nearly all lines are, else the first.
    var right: [UInt32: LintContext.GICInterrupt] = [:]
    for interrupt in shared {
      if let known = right[interrupt.number], known.trigger == 4 || interrupt.trigger != 4 {
        continue
      }
      right[interrupt.number] = interrupt
    }
    let isOld = context.xen < XenVersion(major: 4, minor: 5)
    for interrupt in shared {
      guard let other = right[interrupt.number], other.trigger != interrupt.trigger else {
        continue
      }
      findings.report(
        "\(interrupt.name) is flagged \(interrupt.trigger) here and \(other.trigger) at "
          + context.tree.path(other.node)
          + (isOld ? ", and Xen \(context.xen) takes the last" : ", and Xen builds no dom0"),
        at: interrupt.node, interrupt.interrupt.property, severity: isOld ? .warning : nil,
        help: "give all nodes with \(interrupt.name) one trigger, 4 in most chips")
    }
  }
}
