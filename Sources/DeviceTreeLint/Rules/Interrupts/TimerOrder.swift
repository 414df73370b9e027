import Boards
import DeviceTree
import Diagnostics

/// The generic timer's interrupts in another order than the processor has them.
enum TimerOrder: TreeRule {
  static let card = RuleCard(
    id: "timer-order", family: .interrupts, severity: .error,
    summary: "the generic timer's interrupts are not in the processor's order",
    why: """
      Software takes the timer's interrupts by their place: secure, non-secure, virtual,
      hypervisor. In Cortex-A7 and A15 they are wired to PPI 13, 14, 11 and 10. With two of
      them exchanged Linux or Xen waits for a line that never comes: Xen hangs when its
      scheduler starts, after "Brought up … CPUs". Linux, and Xen since 4.18, take them by
      name where the node has `interrupt-names`.
      """,
    evidence: .seen("Generic Timer IRQ: phys=27 hyp=30 virt=29", version: "4.17.5"),
    after: ["irq-cells-short"],
    source:
      "arm,arch_timer.yaml; Cortex-A7 MPCore manual, interrupt sources; the chip in Boards/soc",
    bad: [
      .withGIC(
        """
        cpus {
          #address-cells = <1>;
          #size-cells = <0>;
          cpu@0 {
            device_type = "cpu";
            compatible = "arm,cortex-a7";
            reg = <0>;
          };
        };
        timer {
          compatible = "arm,armv7-timer";
          «interrupts» = <1 13 0xf08>, <1 14 0xf08>, <1 10 0xf08>, <1 11 0xf08>;
        };
        """)
    ],
    good: [
      .withGIC(
        """
        cpus {
          #address-cells = <1>;
          #size-cells = <0>;
          cpu@0 {
            device_type = "cpu";
            compatible = "arm,cortex-a7";
            reg = <0>;
          };
        };
        timer {
          compatible = "arm,armv7-timer";
          interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
        };
        """)
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let timer = context.timer, context.isForXen || context.isEnabled(timer),
      let expected = expected(context),
      !context.tree.has(timer, .interruptNames) || !context.takesTimerByName
    else { return }
    let found = context.gicInterrupts(timer)
    guard found.allSatisfy({ $0.type == 0 || ($0.type == 1 && $0.number < 16) }),
      let wrong = zip(found, expected).first(where: { $0.type != 1 || $0.number != $1 })?.0
    else { return }
    let places = LintContext.timerPlaces
    let name =
      places.indices.contains(wrong.interrupt.index)
      ? "\(places[wrong.interrupt.index].0) interrupt (\(places[wrong.interrupt.index].1))"
      : "other interrupt"
    let value = zip(found, expected).map { "<1 \($1) \(hex($0.flags))>" }.joined(separator: ", ")
    findings.report(
      "the timer's \(name) is \(wrong.name); the processor has "
        + "PPI \(expected[min(wrong.interrupt.index, 3)]) there",
      at: timer, wrong.interrupt.property,
      help: "write the four in the order secure, non-secure, virtual, hypervisor",
      fix: context.tree.known(wrong.interrupt.property) == .interrupts && found.count == 4
        ? Fix(
          .risky, "write \(value)",
          .set(node: context.tree.path(timer), property: "interrupts", value: value)) : nil)
  }

  /// The PPIs in the binding's order; nil where nobody has said how this processor has them.
  private static func expected(_ context: LintContext) -> [UInt32]? {
    if let timer = context.soc?.timer {
      return [timer.secure, timer.physical, timer.virtual, timer.hypervisor].map { UInt32($0) }
    }
    guard let cpus = context.cpus else { return nil }
    let isKnown = context.tree.children(cpus).contains {
      context.tree.isCompatible($0, "arm,cortex-a7")
        || context.tree.isCompatible($0, "arm,cortex-a15")
    }
    return isKnown ? [13, 14, 11, 10] : nil
  }
}
