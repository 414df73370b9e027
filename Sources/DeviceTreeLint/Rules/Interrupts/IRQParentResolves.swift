import DeviceTree
import Diagnostics

/// Interrupts that go to nobody.
enum IRQParentResolves: PropertyRule {
  static let card = RuleCard(
    id: "irq-parent-resolves", family: .interrupts, severity: .error,
    summary: "nobody takes a node's interrupts, or what is named is no interrupt controller",
    why: """
      `interrupts` says nothing of who takes them: that is the nearest `interrupt-parent` on
      the way to the root, else the nearest controller around the node. Where there is none,
      the device has no interrupt. Where the named node is neither a controller nor a map, Xen
      goes on to search behind it, and stops building dom0 when that ends nowhere: "Unable to
      retrieve irq 0".
      """,
    evidence: .tolerated(version: "4.17.5"),
    aliases: ["interrupts_property", "interrupts_extended_property"],
    source:
      "Devicetree Specification v0.4, section 2.4; Xen xen/common/device-tree/device-tree.c, dt_irq_map_raw",
    bad: [
      RuleExample(
        """
        / {
          mmc {
            «interrupts» = <0 32 4>;
          };
        };
        """),
      RuleExample(
        """
        / {
          interrupt-parent = <&led>;
          led: led { };
          mmc {
            «interrupts» = <0 32 4>;
          };
        };
        """),
      RuleExample(
        """
        / {
          mmc {
            «interrupts-extended» = <77 0 32 4>;
          };
        };
        """),
    ],
    good: [
      .withGIC(
        """
        mmc {
          interrupts = <0 32 4>;
        };
        """)
    ])

  static let names: [KnownName] = [.interrupts, .interruptsExtended]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    if tree.known(property) == .interruptsExtended {
      checkExtended(property, of: node, context, &findings)
      return
    }
    // `interrupts-extended` is what counts where a node has both.
    guard !tree.has(node, .interruptsExtended) else { return }
    guard let parent = context.interruptParent(node) else {
      findings.report(
        "nobody takes the interrupts of this node", at: node, property,
        help: "add `interrupt-parent = <&gic>;` to the node, or to the root for all nodes")
      return
    }
    guard !isProvider(parent, context) else { return }
    findings.report(
      "\(tree.path(parent)) takes the interrupts of this node and is no interrupt controller",
      at: node, property,
      help: "let `interrupt-parent` name a node with `interrupt-controller` and `#interrupt-cells`")
  }

  private static func checkExtended(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    var position = 0
    while let phandle = tree.cell(property, position) {
      position += 1
      if phandle == 0 || phandle == .max { continue }
      guard let parent = context.node(withPhandle: phandle) else {
        findings.report(
          "no node has the phandle \(hex(phandle)), which is to take an interrupt of this node",
          at: node, property, help: "name an interrupt controller by its label: <&gic 0 32 4>")
        return
      }
      guard isProvider(parent, context), let cells = context.interruptCells(parent) else {
        findings.report(
          "\(tree.path(parent)) takes an interrupt of this node and is no interrupt controller",
          at: node, property,
          help: "name a node with `interrupt-controller` and `#interrupt-cells`")
        return
      }
      position += cells
    }
  }

  private static func isProvider(_ node: NodeID, _ context: LintContext) -> Bool {
    context.isInterruptProvider(node) && context.tree.has(node, .interruptCells)
  }
}
