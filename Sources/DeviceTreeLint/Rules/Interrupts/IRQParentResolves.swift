import DeviceTree
import Diagnostics

/// Interrupts that go to nobody.
enum IRQParentResolves: TreeRule {
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
    aliases: ["interrupt_provider", "interrupts_extended_property", "interrupts_property"],
    after: ["gic-cells"],
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
          «interrupt-parent» = <77>;
          mmc {
            interrupts = <0 32 4>;
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

  /// What is wrong, and mostly for many nodes at once.
  private enum Fault: Hashable {
    case nobody
    /// This `interrupt-parent` names no node.
    case dangling(PropertyID)
    /// The node that is named takes no interrupts.
    case noController(NodeID)
  }

  private typealias Place = (node: NodeID, property: PropertyID)

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    var places: [Fault: [Place]] = [:]
    var faults: [Fault] = []
    for node in context.interruptNodes where context.isEnabled(node) {
      // `interrupts-extended` is what counts where a node has both.
      let extended = tree.property(node, .interruptsExtended)
      guard let property = extended ?? tree.property(node, .interrupts),
        let fault = extended == nil
          ? fault(of: node, context) : fault(extended: property, of: node, context, &findings)
      else { continue }
      if places[fault] == nil { faults.append(fault) }
      places[fault, default: []].append((node, property))
    }
    for fault in faults { report(fault, places[fault] ?? [], context, &findings) }
  }

  private static func fault(of node: NodeID, _ context: LintContext) -> Fault? {
    switch context.interruptRoutes[node] {
    case .nowhere: return .nobody
    case .to(let controller):
      return isProvider(controller, context) ? nil : .noController(controller)
    case .says(let property):
      guard
        let controller = context.tree.onlyCell(property).flatMap({
          context.node(withPhandle: $0)
        })
      else { return .dangling(property) }
      return isProvider(controller, context) ? nil : .noController(controller)
    }
  }

  private static func fault(
    extended property: PropertyID, of node: NodeID, _ context: LintContext,
    _ findings: inout Findings
  ) -> Fault? {
    let tree = context.tree
    var position = 0
    while let phandle = tree.cell(property, position) {
      position += 1
      if phandle == 0 || phandle == .max { continue }
      guard let controller = context.node(withPhandle: phandle) else {
        findings.report(
          "no node has the phandle \(hex(phandle)), which is to take an interrupt of this node",
          at: node, property, help: "name an interrupt controller by its label: <&gic 0 32 4>",
          aliases: ["interrupts_extended_property"])
        return nil
      }
      guard isProvider(controller, context), let cells = context.interruptCells(controller) else {
        return .noController(controller)
      }
      position += cells
    }
    return nil
  }

  private static func report(
    _ fault: Fault, _ places: [Place], _ context: LintContext, _ findings: inout Findings
  ) {
    guard let first = places.first else { return }
    let tree = context.tree
    let others = places.dropFirst().map(\.node)
    func notes(_ what: String) -> [String] {
      guard !others.isEmpty else { return [] }
      let paths = others.prefix(4).map(tree.path).joined(separator: ", ")
      return ["\(others.count) more \(what): \(paths)\(others.count > 4 ? ", …" : "")"]
    }
    switch fault {
    case .nobody:
      findings.report(
        "nobody takes the interrupts of this node", at: first.node, first.property,
        notes: notes("have interrupts that nobody takes"),
        help: "add `interrupt-parent = <&gic>;` to the node, or to the root for all nodes",
        aliases: ["interrupts_property"], others: others)
    case .dangling(let property):
      findings.report(
        "`interrupt-parent` names no node, and is to take the interrupts of"
          + " \(tree.path(first.node))", at: tree.node(of: property), property,
        notes: notes("go there"), help: "name an interrupt controller by its label: <&gic>",
        aliases: ["interrupts_property"], others: places.map(\.node))
    case .noController(let controller):
      let path = tree.path(controller)
      let help: String
      if tree.has(controller, .interruptCells) {
        help = "add `interrupt-controller;` to \(path), or name another node"
      } else if context.isInterruptProvider(controller) {
        help = "add `#interrupt-cells` to \(path), with the number of its binding"
      } else {
        help =
          "let `interrupt-parent` name a node with `interrupt-controller` and `#interrupt-cells`"
      }
      findings.report(
        "\(path) takes the interrupts of this node and is no interrupt controller",
        at: first.node, first.property, notes: notes("go there"), help: help,
        aliases: [
          tree.has(first.node, .interruptsExtended)
            ? "interrupts_extended_property" : "interrupts_property"
        ], others: others + [controller])
    }
  }

  private static func isProvider(_ node: NodeID, _ context: LintContext) -> Bool {
    context.isInterruptProvider(node) && context.tree.has(node, .interruptCells)
  }
}
