import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum DeviceTypeIsString: OneTextRule {
  static let card = RuleCard(
    id: "device_type_is_string", family: .dtc, severity: .warning,
    summary: "`device_type` is not one text",
    why: """
      Processors, memory and PCI bridges are found by it, and compared with one word: a node whose
      `device_type` is anything else is not found.
      """,
    source: "dtc checks.c, WARNING_IF_NOT_STRING",
    bad: ["/ { memory@0 { «device_type» = <1>; }; };"],
    good: ["/ { memory@0 { device_type = \"memory\"; }; };"])

  static let names: [KnownName] = [.deviceType]
}
