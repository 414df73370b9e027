import DeviceTree
import Diagnostics

/// A `ranges` that is no whole number of entries, or is empty between different cells.
enum RangesLength: PropertyRule {
  static let card = RuleCard(
    id: "ranges-length", family: .tree, severity: .error,
    summary: "`ranges` is no whole number of entries, or empty where the cells differ",
    why: """
      An entry has the bus's cells of address, its parent's, and the bus's cells of size. With
      another length readers get out of step, and devices behind the bus come out at addresses where
      nothing is. An empty one says that both sides count alike, which they then have to.
      """,
    evidence: .seen("Unable to retrieve address 0 for /bus/device@0", version: "4.17.5"),
    aliases: ["ranges_format"],
    after: ["root-cells"],
    source: "Devicetree Specification v0.4, section 2.3.8; dtc checks.c, check_ranges_format",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        soc {
          #address-cells = <1>; #size-cells = <1>;
          «ranges» = <0 0x1c00000>;
        };
      };
      """,
      """
      / {
        #address-cells = <2>; #size-cells = <2>;
        soc {
          #address-cells = <1>; #size-cells = <1>;
          «ranges»;
        };
      };
      """,
    ],
    good: [
      """
      / {
        #address-cells = <2>; #size-cells = <2>;
        soc {
          #address-cells = <1>; #size-cells = <1>;
          ranges = <0 0 0x1c00000 0x100000>;
        };
      };
      """
    ])

  static let names: [KnownName] = [.ranges]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let bus = tree.parent(node) else { return }
    let here = context.cells(node, .xen)
    let above = context.cells(bus, .xen)
    let length = tree.length(property)
    if length == 0 {
      guard here != above else { return }
      findings.report(
        "`ranges` is empty, but addresses and sizes have \(here.address) and \(here.size) cells here"
          + " and \(above.address) and \(above.size) in \(tree.path(bus))", at: node, property,
        help: "count alike on both sides, or write the entries out")
    } else {
      let entry = 4 * (here.address + above.address + here.size)
      guard entry == 0 || !length.isMultiple(of: entry) else { return }
      findings.report(
        "`ranges` has \(length) bytes, and an entry has \(entry): \(here.address) + \(above.address)"
          + " cells of address, \(here.size) of size", at: node, property,
        help: "complete the last entry, or correct the cells of \(tree.path(node))")
    }
  }
}
