import Diagnostics

/// dtc's check of the same name.
enum DuplicateLabel: SourceRule {
  static let card = RuleCard(
    id: "duplicate_label", family: .dtc, severity: .error,
    summary: "two things of a source have one label",
    why: """
      `&label` would mean either of them. A blob has no labels, so that only dtc can see this, when
      it compiles the source; it writes no blob then, and what it says is passed on.
      """,
    source: "dtc checks.c, check_duplicate_label_node",
    bad: [
      """
      / {
        uart: serial@0 { };
        «uart: serial@1» { };
      };
      """
    ],
    good: ["/ { uart0: serial@0 { }; uart1: serial@1 { }; };"])
}
