import DeviceTree
import Diagnostics

/// Devices whose interrupts go to another controller than the GIC because of a node around them.
enum IRQParentSurprise: TreeRule {
  static let card = RuleCard(
    id: "irq-parent-surprise", family: .interrupts, severity: .warning,
    summary: "an `interrupt-parent` for many nodes names another controller than the GIC",
    why: """
      Some controllers of GPIO lines also take three cells, so that interrupts meant for the
      GIC pass all checks of their length when `interrupt-parent` of a bus names the wrong
      node. Xen routes only what goes to the GIC: these devices are silent in dom0, without a
      message. Chips whose wake-up controller stands before the GIC (i.MX, OMAP) are built
      like that on purpose, and Xen does not drive those controllers either.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen xen/arch/arm/device.c, map_device_irqs_to_domain",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          gic: interrupt-controller {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
          };
          soc {
            #address-cells = <1>; #size-cells = <1>; ranges;
            «interrupt-parent» = <&pio>;
            pio: pinctrl@1c20800 {
              reg = <0x1c20800 0x400>;
              interrupt-controller;
              #interrupt-cells = <3>;
              interrupt-parent = <&gic>;
              interrupts = <0 28 4>;
            };
            mmc@1c0f000 {
              reg = <0x1c0f000 0x1000>;
              interrupts = <0 32 4>;
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          gic: interrupt-controller {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
          };
          soc {
            #address-cells = <1>; #size-cells = <1>; ranges;
            pio: pinctrl@1c20800 {
              reg = <0x1c20800 0x400>;
              interrupt-controller;
              #interrupt-cells = <3>;
              interrupts = <0 28 4>;
            };
            mmc@1c0f000 {
              reg = <0x1c0f000 0x1000>;
              interrupts = <0 32 4>;
            };
            key@100 {
              reg = <0x100 4>;
              interrupt-parent = <&pio>;
              interrupts = <7 10 8>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.gics.isEmpty else { return }
    // By the node that has `interrupt-parent`, in the order in which they are met.
    var surprised: [(owner: NodeID, controller: NodeID, first: NodeID, count: Int)] = []
    for node in context.interruptNodes where context.isEnabled(node) {
      guard let (owner, controller) = inherited(node, context) else { continue }
      if let last = surprised.indices.last, surprised[last].owner == owner {
        surprised[last].count += 1
      } else {
        surprised.append((owner, controller, node, 1))
      }
    }
    for (owner, controller, first, count) in surprised {
      findings.report(
        "the interrupts of \(context.tree.path(first))"
          + (count == 1 ? " go" : " and \(count - 1) more nodes go")
          + " to \(context.tree.path(controller)), which is no GIC",
        at: owner, context.tree.property(owner, .interruptParent),
        help: "name the GIC here, and the other controller in the nodes that are wired to it")
    }
  }

  /// The node around this one whose `interrupt-parent` sends its interrupts of three cells to
  /// another controller than a GIC, and that controller.
  private static func inherited(
    _ node: NodeID, _ context: LintContext
  ) -> (owner: NodeID, controller: NodeID)? {
    let tree = context.tree
    guard tree.has(node, .reg), !tree.has(node, .interruptsExtended),
      !tree.has(node, .interruptParent)
    else { return nil }
    var next = tree.parent(node)
    while let step = next {
      if context.isInterruptProvider(step) { return nil }
      if let property = tree.property(step, .interruptParent) {
        guard let phandle = tree.onlyCell(property),
          let controller = context.node(withPhandle: phandle),
          tree.has(controller, .interruptController), context.gicVersion(controller) == nil,
          context.interruptCells(controller) == 3
        else { return nil }
        return (step, controller)
      }
      next = tree.parent(step)
    }
    return nil
  }
}
