import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum InterruptMap: PropertyRule {
  static let card = RuleCard(
    id: "interrupt_map", family: .dtc, severity: .warning,
    summary: "`interrupt-map` cannot be read",
    why: """
      An entry is a device's address and interrupt, the phandle of who takes it, and address and
      interrupt as that one writes them; the cells of each come from both nodes. One cell too many
      or too few moves all that follow, and devices behind the bridge get no interrupt, or another
      one's.
      """,
    after: ["phandle_references", "addr_size_cells", "interrupt_provider"],
    source: "dtc checks.c, check_interrupt_map",
    bad: [
      RuleExample(tree(map: "«interrupt-map» = <0 0 0 1 &gic 4>;")),
      RuleExample(tree(map: "«interrupt-map» = <0 0 0 1 &gic 0 4 4>, <0 0 0>;")),
      RuleExample(tree(map: "«interrupt-map» = <0 0 0 1 77 0 4 4>;")),
      RuleExample(tree(map: "«interrupt-map» = <0 0 0 1 0 0 4 4>;")),
      RuleExample(
        tree(map: "«interrupt-map-mask» = <0 0 0>;\n    interrupt-map = <0 0 0 1 &gic 0 4 4>;")),
      // It stands in both nodes, or the address behind the phandle has no cells.
      """
      / {
        gic: gic { interrupt-controller; #interrupt-cells = <3>; };
        pcie {
          #address-cells = <3>; #interrupt-cells = <1>;
          «interrupt-map» = <0 0 0 1 &gic 0 4 4>;
        };
      };
      """,
    ],
    good: [
      RuleExample(
        tree(
          map: """
            interrupt-map-mask = <0 0 0 7>;
                interrupt-map = <0 0 0 1 &gic 0 4 4>, <0 0 0 2 &gic 0 5 4>;
            """))
    ])

  private static func tree(map: String) -> String {
    """
    / {
      gic: gic { #address-cells = <0>; interrupt-controller; #interrupt-cells = <3>; };
      pcie {
        #address-cells = <3>; #interrupt-cells = <1>;
        \(map)
      };
    };
    """
  }

  static let names: [KnownName] = [.interruptMap]

  static func check(
    _ map: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    let address = Int(context.ownAddressCells[Int(node.index)])
    guard address >= 0 else {
      findings.report(
        "`interrupt-map` stands in a node without `#address-cells`", at: node, map,
        help: "add it: the map's entries begin with an address of so many cells")
      return
    }
    // Without them the check has failed that this one waits for.
    guard let interrupt = tree.onlyCell(node, .interruptCells) else { return }
    // At most 2^33, as below: none of the sums can overflow.
    let own = address + Int(interrupt)
    if let mask = tree.property(node, .interruptMapMask), tree.length(mask) != own * 4 {
      findings.report(
        "`interrupt-map-mask` has \(tree.length(mask)) bytes; address and interrupt have "
          + "\(own * 4)", at: node, mask,
        help: "write \(address) cells for the address and \(interrupt) for the interrupt")
    }
    guard tree.length(map).isMultiple(of: 4) else {
      findings.report(
        "`interrupt-map` has \(tree.length(map)) bytes; it is made of cells of 4", at: node, map)
      return
    }
    let count = tree.cellCount(map)
    var position = 0
    while position < count {
      guard own < count - position, let phandle = tree.cell(map, position + own) else {
        findings.report(
          "the entry of `interrupt-map` at cell \(position) has no phandle: \(own) cells of "
            + "address and interrupt come first, and \(count - position) are left", at: node, map,
          help: "look at the entry before it: it may have a cell too many")
        return
      }
      position += own
      guard
        let cells = entry(at: position, phandle, map, of: node, context, &findings)
      else { return }
      position += 1 + cells
      if position > count {
        findings.report(
          "the last entry of `interrupt-map` lacks \(position - count) of its \(own + 1 + cells) "
            + "cells", at: node, map,
          help: "behind the phandle come as many cells as its node's `#address-cells` and "
            + "`#interrupt-cells` say")
      }
    }
  }

  /// How many cells stand behind the phandle of an entry; nil where nobody can know.
  private static func entry(
    at position: Int, _ phandle: UInt32, _ map: PropertyID, of node: NodeID,
    _ context: LintContext, _ findings: inout Findings
  ) -> Int? {
    let tree = context.tree
    guard phandle != 0, phandle != .max else {
      if !context.isPlugin {
        findings.report(
          "cell \(position) of `interrupt-map` is \(hex(phandle)), where a phandle has to be",
          at: node, map, help: "look at the entry before it: it may have a cell too many")
      }
      return nil
    }
    guard let target = context.node(withPhandle: phandle) else {
      findings.report(
        "the phandle \(hex(phandle)) in `interrupt-map` (cell \(position)) leads to no node",
        at: node, map, help: "look at the entry before it: it may have a cell too many")
      return nil
    }
    guard let interrupt = tree.onlyCell(target, .interruptCells) else {
      findings.report(
        "`interrupt-map` names `\(tree.path(target))` (cell \(position)), which has no "
          + "`#interrupt-cells`", at: node, map,
        help: "add it there; where that node takes no interrupts, an entry has a cell too many")
      return nil
    }
    guard let address = tree.onlyCell(target, .addressCells) else {
      findings.report(
        "`interrupt-map` names `\(tree.path(target))` (cell \(position)), which has no "
          + "`#address-cells`; 0 is taken", at: node, map,
        help: "add `#address-cells = <0>` there if its entries have no address")
      return Int(interrupt)
    }
    return Int(interrupt) + Int(address)
  }
}
