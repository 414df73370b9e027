import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum AvoidDefaultAddrSize: PropertyRule {
  static let card = RuleCard(
    id: "avoid_default_addr_size", family: .dtc, severity: .warning,
    summary: "a `reg` or `ranges` counts on cells that its parent does not state",
    why: """
      The specification has 2 and 1 where a node does not state its cells; Xen takes its parent's,
      and Linux those of a node further up. One `reg` then means two addresses, and a module or a
      bank of memory is looked for where it is not.
      """,
    after: ["addr_size_cells"],
    source: "dtc checks.c, check_avoid_default_addr_size",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        soc {
          «serial@1c28000» { reg = <0x0 0x1c28000 0x400>; };
        };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        soc {
          #address-cells = <1>; #size-cells = <1>;
          serial@1c28000 { reg = <0x1c28000 0x400>; };
        };
      };
      """
    ])

  static let names: [KnownName] = [.ranges, .reg]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let parent = tree.parent(node) else { return }
    let index = Int(parent.index)
    guard context.ownAddressCells[index] < 0 || context.ownSizeCells[index] < 0 else { return }
    // A node that has both is told of once.
    if tree.known(property) == .ranges, tree.has(node, .reg) { return }
    let cells = context.dtcCells(parent)
    if cells.statedAddress == -1 {
      findings.report(
        "\(tree.path(parent)) does not state its `#address-cells`, and 2 is meant by default",
        at: node, help: "write `#address-cells` into \(tree.path(parent))")
    }
    if cells.statedSize == -1 {
      findings.report(
        "\(tree.path(parent)) does not state its `#size-cells`, and 1 is meant by default",
        at: node, help: "write `#size-cells` into \(tree.path(parent))")
    }
  }
}
