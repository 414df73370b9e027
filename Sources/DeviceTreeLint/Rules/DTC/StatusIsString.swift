import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum StatusIsString: OneTextRule {
  static let card = RuleCard(
    id: "status_is_string", family: .dtc, severity: .warning,
    summary: "`status` is not one text",
    why: """
      Anything but \"okay\" switches a device off, and so does a number: its driver is never asked,
      and nothing is printed.
      """,
    source: "dtc checks.c, WARNING_IF_NOT_STRING",
    bad: ["/ { serial { «status» = <1>; }; };"],
    good: ["/ { serial { status = \"okay\"; }; };"])

  static let names: [KnownName] = [.status]
}
