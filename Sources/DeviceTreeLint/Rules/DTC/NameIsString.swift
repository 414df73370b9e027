import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum NameIsString: OneTextRule {
  static let card = RuleCard(
    id: "name_is_string", family: .dtc, severity: .error,
    summary: "`name` is not one text",
    why: """
      In the oldest trees `name` held the node's name; readers still take it for that. dtc refuses
      a tree where it is something else.
      """,
    source: "dtc checks.c, ERROR_IF_NOT_STRING; Devicetree Specification v0.4, section 2.3.11",
    bad: ["/ { serial { «name» = <1>; }; };"],
    good: ["/ { serial { name = \"serial\"; }; };"])

  static let names: [KnownName] = [.name]
}
