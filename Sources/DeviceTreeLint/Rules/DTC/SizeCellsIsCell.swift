import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum SizeCellsIsCell: OneCellRule {
  static let card = RuleCard(
    id: "size_cells_is_cell", family: .dtc, severity: .warning,
    summary: "`#size-cells` is not one cell",
    why: """
      Without it no `reg` below the node can be read: where one entry ends and the next begins is
      anybody's guess.
      """,
    source: "dtc checks.c, WARNING_IF_NOT_CELL",
    bad: ["/ { «#size-cells» = \"1\"; };"],
    good: ["/ { #size-cells = <1>; };"])

  static let names: [KnownName] = [.sizeCells]
}
