import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum InterruptsProperty: PropertyRule {
  static let card = RuleCard(
    id: "interrupts_property", family: .dtc, severity: .warning,
    summary: "`interrupts` cannot be read: nobody takes them, or their length does not fit",
    why: """
      `interrupts` goes to the controller that `interrupt-parent` names, here or in a node further
      out, and each has as many cells as that one's `#interrupt-cells` says. Where that leads
      nowhere the driver gets no interrupt: its device is not found, or waits forever.
      """,
    after: ["phandle_references"],
    source: "dtc checks.c, check_interrupts_property",
    bad: [
      """
      / {
        serial {
          «interrupts» = <0 1 4>;
        };
      };
      """,
      """
      / {
        interrupt-parent = <&gic>;
        gic: gic { interrupt-controller; #interrupt-cells = <3>; };
        serial {
          «interrupts» = <0 1>;
        };
      };
      """,
      """
      / {
        soc {
          «interrupt-parent» = <77>;
          serial { interrupts = <0 1 4>; };
        };
      };
      """,
      """
      / {
        interrupt-parent = <&gic>;
        «gic: gic» { };
        serial { interrupts = <0 1 4>; };
      };
      """,
    ],
    good: [
      """
      / {
        interrupt-parent = <&gic>;
        gic: gic { interrupt-controller; #interrupt-cells = <3>; };
        serial { interrupts = <0 1 4>, <0 2 4>; };
        intc { interrupt-controller; #interrupt-cells = <1>; child { interrupts = <1>; }; };
      };
      """
    ])

  static let names: [KnownName] = [.interrupts]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    let length = tree.length(property)
    if !length.isMultiple(of: 4) {
      findings.report(
        "`interrupts` has \(length) bytes; it is made of cells of 4", at: node, property)
    }
    let controller: NodeID
    switch search(from: node, context, &findings) {
    case .found(let node): controller = node
    case .isElsewhere: return
    case .isNowhere:
      findings.report(
        "nobody takes the `interrupts`: neither this node nor one around it names a controller",
        at: node, property, help: "add `interrupt-parent = <&…>` here or further out")
      return
    }
    // That a controller has no number of cells, or not one, is said elsewhere.
    guard let cells = tree.onlyCell(controller, .interruptCells) else { return }
    guard cells == 0 ? length > 0 : !length.isMultiple(of: Int(cells) * 4) else { return }
    findings.report(
      "`interrupts` has \(length) bytes, and `\(tree.path(controller))` wants "
        + "\(Int(cells) * 4) for each", at: node, property,
      help: "write \(cells) cells for each interrupt, or name another `interrupt-parent`")
  }

  private enum Search {
    case found(NodeID)
    /// In the tree that an overlay is for, or where another message has been.
    case isElsewhere
    case isNowhere
  }

  /// Who takes the node's interrupts.
  private static func search(
    from node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) -> Search {
    let tree = context.tree
    switch context.interruptRoutes[node] {
    case .nowhere: return .isNowhere
    case .to(let controller): return .found(controller)
    case .says(let property):
      let step = tree.node(of: property)
      guard let phandle = tree.onlyCell(property), phandle != 0, phandle != .max else {
        if context.isPlugin { return .isElsewhere }
        findings.report(
          "`interrupt-parent` is not the phandle of a node", at: step, property,
          help: "write it as `<&label>` of the controller")
        return .isNowhere
      }
      guard let controller = context.node(withPhandle: phandle) else {
        findings.report(
          "the phandle \(hex(phandle)) in `interrupt-parent` leads to no node", at: step, property,
          help: "write it as `<&label>` of the controller")
        return .isElsewhere
      }
      if !context.isInterruptProvider(controller) {
        findings.report(
          "`\(tree.path(node))` sends its interrupts here, to a node with neither "
            + "`interrupt-controller` nor `interrupt-map`", at: controller,
          help: "add `interrupt-controller`, or name another `interrupt-parent` there")
      }
      return .found(controller)
    }
  }
}
