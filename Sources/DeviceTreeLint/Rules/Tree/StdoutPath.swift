import DeviceTree
import Diagnostics

/// A console that is not there.
enum StdoutPath: PropertyRule {
  static let card = RuleCard(
    id: "stdout-path", family: .tree, severity: .warning,
    summary: "`stdout-path` leads to no node, or to one that is disabled",
    why: """
      Linux, and Xen where no `dtuart=` is given, print to the device that it names. Where there is
      none, or its `status` keeps it off, the board runs and says nothing.
      """,
    evidence: .silence(version: "4.17.5"),
    after: ["alias-target", "xen-dtuart-resolves"],
    source: "Devicetree Specification v0.4, section 3.6; Xen xen/drivers/char/uart-init.c",
    bad: [
      """
      / {
        chosen {
          «stdout-path» = "serial0:115200n8";
        };
        serial { };
      };
      """,
      """
      / {
        aliases { serial0 = "/serial"; };
        chosen {
          «stdout-path» = "serial0:115200n8";
        };
        serial { status = "disabled"; };
      };
      """,
    ],
    good: [
      """
      / {
        aliases { serial0 = "/serial"; };
        chosen { stdout-path = "serial0:115200n8"; };
        serial { status = "okay"; };
      };
      """
    ])

  static let names: [KnownName] = [.linuxStdoutPath, .stdoutPath]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard node == context.chosen, let text = tree.string(property) else { return }
    let name = text.prefix { $0 != ":" }
    guard let console = context.node(named: text) else {
      findings.report(
        "`\(name)` is no \(name.hasPrefix("/") ? "node" : "alias of a node")", at: node, property,
        help: "name an alias of /aliases or a whole path, with options behind a colon")
      return
    }
    guard !context.isEnabled(console) else { return }
    findings.report(
      "`\(name)` is \(tree.path(console)), which is disabled", at: node, property,
      help: "enable it with `status = \"okay\";`, or name a console that is")
  }
}
