import DeviceTree
import Diagnostics

/// A generic timer that lacks one of its interrupts.
enum TimerFour: TreeRule {
  static let card = RuleCard(
    id: "timer-four", family: .interrupts, severity: .error,
    summary: "the generic timer has fewer than four interrupts",
    why: """
      The timer has four interrupts, in this order: secure, non-secure, virtual, hypervisor.
      Xen uses the last, and asks for all of them; a tree for Linux alone may do with two.
      Since 4.18 Xen finds them by `interrupt-names`, where the node has that: sec-phys, phys,
      virt, hyp-phys.
      """,
    context: .xen,
    evidence: .seen(
      "Timer: Unable to retrieve IRQ 2 from the device tree", version: "4.17.5"),
    after: ["gic-cells", "irq-cells-short", "irq-extended-old-xen", "irq-parent-resolves"],
    source: "Xen xen/arch/arm/time.c, init_dt_xen_time; arm,arch_timer.yaml",
    bad: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          «interrupts» = <1 13 0xf08>, <1 14 0xf08>;
        };
        """, for: .xen("4.17")),
      .withGIC(
        """
        timer {
          compatible = "arm,armv8-timer";
          interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
          «interrupt-names» = "sec-phys", "phys", "virt", "hyp";
        };
        """, for: .xen("4.18")),
    ],
    good: [
      .withGIC(
        """
        timer {
          compatible = "arm,armv7-timer";
          interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
        };
        """, for: .xen("4.17")),
      .withGIC(
        """
        timer {
          compatible = "arm,armv8-timer";
          interrupts = <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>, <1 13 0xf08>;
          interrupt-names = "phys", "virt", "hyp-phys", "sec-phys";
        };
        """, for: .xen("4.18")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let timer = context.timer else { return }
    let tree = context.tree
    let count = context.interrupts(timer).count
    if context.takesTimerByName, let names = tree.property(timer, .interruptNames) {
      let texts = tree.strings(names) ?? []
      for wanted in LintContext.timerInterrupts {
        if let index = texts.firstIndex(of: "\(wanted)"), index < count { continue }
        findings.report(
          "the timer has no interrupt of the name \(wanted), and Xen stops", at: timer, names,
          help: "name sec-phys, phys, virt and hyp-phys, in the order of `interrupts`")
        return
      }
    } else if count < 4 {
      let (place, name) = LintContext.timerPlaces[count]
      let said = ["no interrupt", "one interrupt", "two interrupts", "three interrupts"][count]
      findings.report(
        "the timer has \(said), and Xen stops for want of the \(place), the \(name) one",
        at: timer,
        tree.property(timer, .interruptsExtended) ?? tree.property(timer, .interrupts),
        help:
          "list four: secure, non-secure, virtual, hypervisor; <1 13>, <1 14>, <1 11>, <1 10> on "
          + "most chips, each with its flags")
    }
  }
}
