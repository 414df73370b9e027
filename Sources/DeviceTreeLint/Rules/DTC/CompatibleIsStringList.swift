import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum CompatibleIsStringList: PropertyRule, WholeTextsRule {
  static let card = RuleCard(
    id: "compatible_is_string_list", family: .dtc, severity: .warning,
    summary: "`compatible` is no list of texts",
    why: """
      Drivers are found by comparing these texts. What does not end with a zero byte is compared
      past its end, or not at all: no driver takes the device.
      """,
    source: "dtc checks.c, WARNING_IF_NOT_STRING_LIST",
    bad: ["/ { «compatible» = <1>; };"],
    good: ["/ { compatible = \"vendor,board\", \"vendor,chip\"; };"])

  static let names: [KnownName] = [.compatible]
}
