import Diagnostics

/// dtc's check of the same name.
enum PathReferences: SourceRule {
  static let card = RuleCard(
    id: "path_references", family: .dtc, severity: .error,
    summary: "a reference to a node's path leads nowhere",
    why: """
      `&label` outside of angle brackets stands for the path of a node, and there is none of that
      label. A blob has paths only, so that dtc says this when it compiles the source; it writes no
      blob then, and what it says is passed on.
      """,
    after: ["duplicate_node_names"],
    source: "dtc checks.c, fixup_path_references",
    bad: [
      """
      / {
        «aliases» { serial0 = &uart1; };
        uart0: serial { };
      };
      """
    ],
    good: ["/ { aliases { serial0 = &uart0; }; uart0: serial { }; };"])
}
