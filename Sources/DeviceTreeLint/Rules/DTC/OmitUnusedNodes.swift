import Diagnostics

/// dtc's check of the same name.
enum OmitUnusedNodes: StepRule {
  static let card = RuleCard(
    id: "omit_unused_nodes", family: .dtc, severity: .error,
    summary: "which nodes nobody refers to cannot be told",
    why: """
      This is a step of dtc's: it leaves out the nodes of a source that are marked
      `/omit-if-no-ref/` and that nothing refers to, and finds nothing by itself. It needs sound
      references; where some lead nowhere, dtc says that and writes no blob.
      """,
    after: ["phandle_references", "path_references"],
    source: "dtc checks.c, fixup_omit_unused_nodes",
    bad: [
      """
      / {
        /omit-if-no-ref/ pins: pins { };
        «serial» { pinctrl-0 = <&pin>; };
      };
      """
    ],
    good: ["/ { /omit-if-no-ref/ pins: pins { }; serial { pinctrl-0 = <&pins>; }; };"])
}
