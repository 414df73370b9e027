import Diagnostics

/// dtc's check of the same name.
enum AddrSizeCells: StepRule {
  static let card = RuleCard(
    id: "addr_size_cells", family: .dtc, severity: .warning,
    summary: "how many cells addresses and sizes have cannot be told",
    why: """
      This is a step of dtc's: it notes each node's cells for the checks of `reg`, `ranges` and
      buses, and finds nothing by itself. Where `address_cells_is_cell` or `size_cells_is_cell` has
      failed, all those checks are left out.
      """,
    after: ["address_cells_is_cell", "size_cells_is_cell"],
    source: "dtc checks.c, fixup_addr_size_cells",
    bad: ["/ { «#address-cells» = <0 1>; };"],
    good: ["/ { #address-cells = <1>; #size-cells = <1>; };"])
}
