import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum NodeNameCharsStrict: TreeRule {
  static let card = RuleCard(
    id: "node_name_chars_strict", family: .dtc, severity: .warning,
    summary: "a node's name has a letter that is allowed, and not usual",
    why: """
      Linux asks for letters, digits, `,` and `-` in names of nodes. Others work; the one that does
      not fit is what a search for the usual spelling misses.
      """,
    source: "dtc checks.c, check_node_name_chars_strict",
    bad: [
      """
      / {
        «power_button» { };
      };
      """
    ],
    good: ["/ { power-button { }; };"],
    isOptional: true)

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    let letters = LetterSet.strict
    for node in tree.allNodes {
      guard let other = letters.firstOther(tree.bytes, in: tree.baseNameRange(node)) else {
        continue
      }
      findings.report(
        "\(letter(tree.bytes[other])) is not usual in a node's name", at: node,
        help: "use letters, digits, `,` and `-`")
    }
  }
}
