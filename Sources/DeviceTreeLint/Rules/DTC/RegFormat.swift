import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum RegFormat: PropertyRule {
  static let card = RuleCard(
    id: "reg_format", family: .dtc, severity: .warning,
    summary: "`reg` is no whole number of entries",
    why: """
      The node around a device says how many cells an address and a size have. Where `reg` was
      written for other numbers, its cells are read in the wrong places: the driver maps an address
      where no device is, or gives up. The root is on no bus and has no `reg`.
      """,
    after: ["addr_size_cells"],
    source: "dtc checks.c, check_reg_format; Devicetree Specification v0.4, section 2.3.6",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        serial@1c28000 {
          «reg» = <0x0 0x1c28000 0x400>;
        };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        serial@1c28000 { reg = <0x1c28000 0x400>; };
      };
      """
    ])

  static let names: [KnownName] = [.reg]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let parent = tree.parent(node) else {
      findings.report(
        "the root has a `reg`, and is on no bus", at: node, property,
        help: "take it out, or move it to the device that it belongs to")
      return
    }
    let length = Int32(truncatingIfNeeded: tree.length(property))
    if length == 0 {
      findings.report("`reg` is empty", at: node, property, help: "write an entry, or take it out")
    }
    let cells = context.dtcCells(parent)
    let entry = (cells.address &+ cells.size) &* 4
    guard !isMultiple(length, of: entry) else { return }
    findings.report(
      "`reg` has \(length) bytes, and an entry of \(cells.address) + \(cells.size) cells has "
        + "\(entry)", at: node, property,
      help: "`#address-cells` and `#size-cells` of \(tree.path(parent)) say how long an entry is")
  }
}
