import Diagnostics

/// dtc's check of the same name.
enum PhandleReferences: SourceRule {
  static let card = RuleCard(
    id: "phandle_references", family: .dtc, severity: .error,
    summary: "a reference to a node leads nowhere",
    why: """
      `<&label>` stands for the number of a node that is not there: most often a typing error, or a
      file that was not included. A blob has numbers only, so that dtc says this when it compiles
      the source; it writes no blob then, and what it says is passed on.
      """,
    after: ["duplicate_node_names", "explicit_phandles"],
    source: "dtc checks.c, fixup_phandle_references",
    bad: [
      """
      / {
        gic: interrupt-controller { };
        «serial» { interrupt-parent = <&gci>; };
      };
      """
    ],
    good: ["/ { gic: interrupt-controller { }; serial { interrupt-parent = <&gic>; }; };"])
}
