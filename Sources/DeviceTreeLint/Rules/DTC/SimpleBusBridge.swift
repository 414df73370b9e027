import Diagnostics

/// dtc's check of the same name.
enum SimpleBusBridge: StepRule {
  static let card = RuleCard(
    id: "simple_bus_bridge", family: .dtc, severity: .warning,
    summary: "which nodes are simple buses cannot be told",
    why: """
      This is a step of dtc's: it notes the nodes that are compatible with `simple-bus`, and finds
      nothing by itself. Where a `compatible` or a node's cells cannot be read, the checks of unit
      addresses on such buses are left out.
      """,
    after: ["addr_size_cells", "compatible_is_string_list"],
    source: "dtc checks.c, check_simple_bus_bridge",
    bad: ["/ { «compatible» = <1>; };"],
    good: ["/ { soc { compatible = \"simple-bus\"; ranges; }; };"])
}
