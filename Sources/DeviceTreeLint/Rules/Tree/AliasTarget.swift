import DeviceTree
import Diagnostics

/// An alias that stands for nothing.
enum AliasTarget: TreeRule {
  static let card = RuleCard(
    id: "alias-target", family: .tree, severity: .warning,
    summary: "an alias is not the path of a node",
    why: """
      `dtuart=serial0`, `stdout-path` and U-Boot's ethernet0 go by aliases. Where one leads nowhere
      Xen says "Unable to find device" for its console, if anybody hears it, and a MAC address is
      set nowhere.
      """,
    evidence: .silence(version: "4.17.5"),
    aliases: ["alias_paths"],
    source: """
      Devicetree Specification v0.4, section 3.3; Xen xen/drivers/char/uart-init.c; dtc checks.c, \
      check_alias_paths
      """,
    bad: [
      """
      / {
        aliases {
          «serial0» = "/soc/serial@1c28000";
        };
        soc { serial@1c28400 { }; };
      };
      """
    ],
    good: ["/ { aliases { serial0 = \"/soc/serial\"; }; soc { serial { }; }; };"])

  /// Each is looked up among the children of nodes, of which a tree may have very many.
  private static let most = 1000

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    guard let aliases = context.aliases else { return }
    for property in tree.properties(aliases).prefix(most) {
      let known = tree.known(property)
      if known == .phandle || known == .linuxPhandle { continue }
      let path = tree.value(property)
      // One text, that is.
      if path.firstIndex(of: 0) == path.endIndex - 1, context.node(atPath: path.dropLast()) != nil {
        continue
      }
      let users = users(tree.propertyName(property), context)
      findings.report(
        (tree.string(property).map { "the alias stands for `\($0)`, and there is no such node" }
          ?? "the alias is not a text")
          + (users.xen == nil ? "" : ": Xen is to talk through it"), at: aliases, property,
        severity: users.xen, help: "write the whole path of the node, or &LABEL",
        others: users.nodes)
    }
  }

  /// Where the console goes by the alias, and how bad that is for Xen's.
  private static func users(
    _ name: String, _ context: LintContext
  ) -> (nodes: [NodeID], xen: Severity?) {
    if context.isForXen, case .named(let uart) = context.console, uart.target == nil,
      uart.name == name
    {
      return ([uart.node], context.isConsoleOpen ? .warning : .error)
    }
    guard let chosen = context.chosen,
      let path = [.stdoutPath, .linuxStdoutPath].lazy
        .compactMap({ context.tree.property(chosen, $0) }).first,
      context.tree.string(path)?.prefix(while: { $0 != ":" }) == name[...]
    else { return ([], nil) }
    return ([chosen], nil)
  }
}
