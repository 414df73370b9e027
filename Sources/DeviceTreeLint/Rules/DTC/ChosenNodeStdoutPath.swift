import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum ChosenNodeStdoutPath: PropertyRule {
  static let card = RuleCard(
    id: "chosen_node_stdout_path", family: .dtc, severity: .warning,
    summary: "`stdout-path` of `chosen` is not one text, or has its old name",
    why: """
      It names the console, by a path or an alias, with the line's speed behind a colon. Where it
      cannot be read nothing is printed until the command line's console starts. Linux still knows
      `linux,stdout-path`; others look for `stdout-path` only.
      """,
    source: "dtc checks.c, check_chosen_node_stdout_path",
    bad: [
      """
      / {
        chosen {
          «stdout-path» = <0>;
        };
      };
      """,
      """
      / {
        chosen {
          «linux,stdout-path» = "serial0:115200n8";
        };
      };
      """,
    ],
    good: [
      "/ { chosen { stdout-path = \"serial0:115200n8\"; }; };",
      """
      / { chosen { stdout-path = "serial0"; linux,stdout-path = "serial0"; }; };
      """,
    ])

  static let names: [KnownName] = [.stdoutPath, .linuxStdoutPath]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard tree.nameIs(node, "chosen") else { return }
    if tree.known(property) == .linuxStdoutPath {
      // Beside the new one the old one harms nobody.
      guard !tree.has(node, .stdoutPath) else { return }
      findings.report(
        "`linux,stdout-path` is the old name of `stdout-path`", at: node, property,
        help: "call it `stdout-path`")
    }
    guard !tree.isOneText(property) else { return }
    findings.report(
      "`\(tree.propertyName(property))` is not one text", at: node, property,
      help: "write the console's path or alias between double quotes")
  }
}
