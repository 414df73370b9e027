import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum AddressCellsIsCell: OneCellRule {
  static let card = RuleCard(
    id: "address_cells_is_cell", family: .dtc, severity: .warning,
    summary: "`#address-cells` is not one cell",
    why: """
      Without it no `reg` below the node can be read. Linux takes the first four bytes of whatever
      stands there, or the number of a node further up, and maps devices where none are.
      """,
    source: "dtc checks.c, WARNING_IF_NOT_CELL",
    bad: ["/ { «#address-cells» = <0 1>; };"],
    good: ["/ { #address-cells = <1>; };"])

  static let names: [KnownName] = [.addressCells]
}
