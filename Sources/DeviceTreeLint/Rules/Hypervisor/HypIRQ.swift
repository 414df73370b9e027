import DeviceTree
import Diagnostics

/// A guest's `/hypervisor` whose event interrupt cannot arrive.
enum HypIRQ: TreeRule {
  static let card = RuleCard(
    id: "hyp-irq", family: .hypervisor, severity: .error,
    summary: "a guest's `/hypervisor` has not the one free private interrupt that events need",
    why: """
      Xen tells a guest of events by one private interrupt (PPI), low level, that nothing else
      uses. With none, with a shared one, or with one that is the timer's, no event arrives: the
      guest hangs where it first waits for the xenstore.
      """,
    source:
      "Xen docs/misc/arm/device-tree/guest.txt; xen/arch/arm/domain_build.c, make_hypervisor_node",
    bad: [
      RuleExample(example("interrupts = <0 15 0xf08>")),
      RuleExample(example("interrupts = <1 15 0xf04>")),
      RuleExample(example("interrupts = <1 10 0xf08>")),
      RuleExample(example("interrupts = <1 15 0xf08>, <1 12 0xf08>")),
      """
      / {
        «hypervisor» {
          compatible = "xen,xen-4.17", "xen,xen";
          reg = <0x38000000 0x1000000>;
        };
      };
      """,
    ],
    good: [
      RuleExample(RuleExample.unmarked(example("interrupts = <1 15 0xf08>")))
    ])

  private static func example(_ interrupts: String) -> String {
    """
    / {
      interrupt-parent = <&gic>;
      #address-cells = <1>; #size-cells = <1>;
      gic: interrupt-controller@3001000 {
        compatible = "arm,gic-400";
        interrupt-controller; #interrupt-cells = <3>;
        reg = <0x3001000 0x1000>, <0x3002000 0x2000>;
      };
      timer {
        compatible = "arm,armv7-timer";
        interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
      };
      hypervisor {
        compatible = "xen,xen-4.17", "xen,xen";
        reg = <0x38000000 0x1000000>;
        «\(interrupts.replacing(" = ", with: "» = "));
      };
    };
    """
  }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    // The tree that Xen boots with is nobody's guest.
    guard let node = context.hypervisor, context.isXenHypervisor(node), !context.isForXen else {
      return
    }
    guard
      let property = tree.property(node, .interruptsExtended) ?? tree.property(node, .interrupts)
    else {
      findings.report(
        "`/hypervisor` has no interrupt, and so the guest gets no events", at: node, help: help)
      return
    }
    let interrupts = context.interrupts(node)
    // Where no GIC takes it, other rules have their say.
    guard let interrupt = interrupts.first, context.gicVersion(interrupt.controller) != nil,
      let type = tree.cell(interrupt.property, interrupt.start),
      let number = tree.cell(interrupt.property, interrupt.start + 1),
      let flags = tree.cell(interrupt.property, interrupt.start + 2)
    else { return }
    if interrupts.count > 1 {
      findings.report(
        "there are \(interrupts.count) interrupts; events come by one", at: node, property,
        help: help)
    }
    guard type == 1 else {
      findings.report(
        "the interrupt is not private to a processor (the first cell is \(type), not 1)",
        at: node, property, help: help)
      return
    }
    if flags & 0xF != 8 {
      findings.report(
        "the interrupt is not flagged as low level (the flags are \(hex(flags)))",
        at: node, property, severity: .warning, help: "write 0xf08 as its third cell")
    }
    if let other = user(of: number, at: interrupt.controller, context) {
      findings.report(
        "private interrupt \(number) is that of \(tree.path(other))", at: node, property, help: help
      )
    }
  }

  private static let help = "give it one that is free: `interrupts = <1 15 0xf08>`"

  /// The timer or the GIC, where it has that private interrupt too. A guest has one of each.
  private static func user(
    of number: UInt32, at controller: NodeID, _ context: LintContext
  ) -> NodeID? {
    let tree = context.tree
    let timer = tree.allNodes.first {
      tree.isCompatible($0, "arm,armv7-timer") || tree.isCompatible($0, "arm,armv8-timer")
    }
    return [timer, controller].compactMap { $0 }.first { node in
      context.interrupts(node).prefix(16).contains {
        $0.controller == controller && tree.cell($0.property, $0.start) == 1
          && tree.cell($0.property, $0.start + 1) == number
      }
    }
  }
}
