import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum LabelIsString: OneTextRule {
  static let card = RuleCard(
    id: "label_is_string", family: .dtc, severity: .warning,
    summary: "`label` is not one text",
    why: """
      It is what people read on the case: LEDs, keys and partitions get their names from it. Linux
      drops what is no text, and the device has a name by number or none.
      """,
    source: "dtc checks.c, WARNING_IF_NOT_STRING",
    bad: ["/ { led { «label» = <1>; }; };"],
    good: ["/ { led { label = \"power\"; }; };"])

  static let names: [KnownName] = [.label]
}
