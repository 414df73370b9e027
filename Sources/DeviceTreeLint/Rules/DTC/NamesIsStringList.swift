import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum NamesIsStringList: NameRule, WholeTextsRule {
  static let card = RuleCard(
    id: "names_is_string_list", family: .dtc, severity: .warning,
    summary: "a list of names is no list of texts",
    why: """
      `clock-names`, `reg-names` and their like give each entry of another property a name. A driver
      asks by name and finds nothing: it gives up, or goes on without the clock or the reset.
      """,
    source: "dtc checks.c, check_names_is_string_list",
    bad: ["/ { serial { «clock-names» = <1>; }; };"],
    good: ["/ { serial { clock-names = \"bus\", \"core\"; }; };"])

  static func concerns(_ name: NameRecord, of tree: FlatTree) -> Bool {
    tree.ends(name.range, with: "-names")
  }
}
