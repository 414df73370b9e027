import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum AvoidUnnecessaryAddrSize: PropertyRule {
  static let card = RuleCard(
    id: "avoid_unnecessary_addr_size", family: .dtc, severity: .warning,
    summary: "a node states cells that nothing below it counts in",
    why: """
      `#address-cells` and `#size-cells` without a `reg` or `ranges` that counts in them are left
      over, or the `reg` has been forgotten: a driver that looks for its children's addresses finds
      none.
      """,
    after: ["avoid_default_addr_size"],
    source: "dtc checks.c, check_avoid_unnecessary_addr_size",
    bad: [
      """
      / {
        «leds» {
          #address-cells = <1>; #size-cells = <0>;
          power { };
        };
      };
      """
    ],
    good: [
      """
      / {
        leds { power { }; };
        mux {
          #address-cells = <1>; #size-cells = <0>;
          channel@0 { reg = <0>; };
        };
      };
      """
    ])

  static let names: [KnownName] = [.addressCells]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    let index = Int(node.index)
    guard node != .root, context.ownAddressCells[index] >= 0, context.ownSizeCells[index] >= 0,
      tree.hasChildren(node),
      !tree.children(node).contains(where: { tree.has($0, .reg) || tree.has($0, .ranges) }),
      !tree.has(node, .ranges), !tree.has(node, .dmaRanges)
    else { return }
    findings.report(
      "nothing counts in the node's `#address-cells` and `#size-cells`", at: node,
      help: "take both out, or give the nodes below it a `reg`")
  }
}
