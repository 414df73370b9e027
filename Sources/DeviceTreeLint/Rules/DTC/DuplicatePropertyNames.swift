import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum DuplicatePropertyNames: TreeRule {
  static let card = RuleCard(
    id: "duplicate_property_names", family: .dtc, severity: .error,
    summary: "a node has two properties of one name",
    why: """
      Which of the two counts is up to the reader: U-Boot and Xen take the first, and an edit changes
      one of them. dtc refuses the tree.
      """,
    source: "dtc checks.c, check_duplicate_property_names",
    bad: [
      """
      / {
        serial {
          status = "okay";
          «status» = "disabled";
        };
      };
      """
    ],
    good: ["/ { serial { status = \"okay\"; }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    // The reader has seen them already.
    var offsets: Set<Int> = []
    for fault in context.faults {
      if case .duplicateProperty(_, let offset) = fault { offsets.insert(offset) }
    }
    guard !offsets.isEmpty else { return }
    let tree = context.tree
    for node in tree.allNodes {
      for property in tree.properties(node) where offsets.contains(tree.offset(property)) {
        findings.report(
          "the node has another `\(tree.propertyName(property))` before this one", at: node,
          property, help: "take one of the two out")
      }
    }
  }
}
