import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum NodeNameChars: TreeRule {
  static let card = RuleCard(
    id: "node_name_chars", family: .dtc, severity: .error,
    summary: "a node's name has a letter that no node's name may have",
    why: """
      Letters, digits and `,._+-` are allowed, and `@` before the address. With others a path cannot
      be written down, in an alias or in a boot script, so that it means one node. dtc refuses the
      tree.
      """,
    source: "dtc checks.c, check_node_name_chars; Devicetree Specification v0.4, section 2.2.1",
    bad: [
      """
      / {
        «serial#0» { };
      };
      """
    ],
    good: ["/ { serial-0 { }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for node in tree.allNodes where !tree.hasPlainName(node) {
      guard let other = LetterSet.node.firstOther(tree.bytes, in: tree.nameRange(node)) else {
        continue
      }
      findings.report(
        "a node's name may not have \(letter(tree.bytes[other])) in it", at: node,
        help: "use letters, digits and `,._+-`")
    }
  }
}
