import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum InterruptProvider: PropertyRule {
  static let card = RuleCard(
    id: "interrupt_provider", family: .dtc, severity: .warning,
    summary: "a node takes interrupts and does not say how they are written, or the reverse",
    why: """
      A node with `interrupt-controller` or `interrupt-map` takes interrupts, and `#interrupt-cells`
      says how many cells each has. Without the number no interrupt of the nodes below can be read,
      and their drivers get none; without the first, Linux does not take the node for a controller.
      """,
    after: ["interrupts_extended_is_cell"],
    source: "dtc checks.c, check_interrupt_provider",
    bad: [
      """
      / {
        gic {
          «interrupt-controller»;
        };
      };
      """,
      """
      / {
        gic {
          «#interrupt-cells» = <3>;
        };
      };
      """,
    ],
    good: ["/ { gic { interrupt-controller; #interrupt-cells = <3>; }; };"])

  static let names: [KnownName] = [.interruptCells, .interruptController, .interruptMap]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    if tree.known(property) == .interruptCells {
      guard !context.isInterruptProvider(node) else { return }
      findings.report(
        "`#interrupt-cells` stands in a node that takes no interrupts", at: node, property,
        help: "add `interrupt-controller` if it is one, else take `#interrupt-cells` out")
      return
    }
    // A node that is both says it once.
    if tree.known(property) == .interruptMap, tree.has(node, .interruptController) { return }
    guard !tree.has(node, .interruptCells) else { return }
    findings.report(
      "`\(tree.name(node))` takes interrupts and has no `#interrupt-cells`", at: node, property,
      help: "add `#interrupt-cells` with the number of cells that its binding says")
  }
}
