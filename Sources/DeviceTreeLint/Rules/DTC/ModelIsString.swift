import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum ModelIsString: OneTextRule {
  static let card = RuleCard(
    id: "model_is_string", family: .dtc, severity: .warning,
    summary: "`model` is not one text",
    why: "Linux prints it as the machine's name; cells or several texts come out as rubbish.",
    source: "dtc checks.c, WARNING_IF_NOT_STRING",
    bad: ["/ { «model» = <1>; };"],
    good: ["/ { model = \"A board\"; };"])

  static let names: [KnownName] = [.model]
}
