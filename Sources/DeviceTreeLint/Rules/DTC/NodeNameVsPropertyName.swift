import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum NodeNameVsPropertyName: TreeRule {
  static let card = RuleCard(
    id: "node_name_vs_property_name", family: .dtc, severity: .warning,
    summary: "a node and a property beside it have one name",
    why: """
      Linux shows both as a file of one folder, `/proc/device-tree`, and has to rename one of them.
      Tools that go by a path take the wrong one.
      """,
    after: ["node_name_chars"],
    source: "dtc checks.c, check_node_name_vs_property_name",
    bad: [
      """
      / {
        soc {
          memory = <1>;
          «memory» { };
        };
      };
      """
    ],
    good: ["/ { soc { size = <1>; memory { }; }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    // Mostly no property's name has an `@`, and no node with an address needs to be looked for.
    let mayHaveAddress = tree.names.contains { !$0.isPlain }
    // The last node that has a property of the name.
    var holders = [NodeID](repeating: NodeID(-1), count: tree.names.count)
    for node in tree.allNodes where tree.hasChildren(node) {
      var isNoted = false
      for child in tree.children(node) {
        guard mayHaveAddress || !tree.hasUnitAddress(child),
          let name = tree.nameIndex(spelled: tree.bytes[tree.nameRange(child)])
        else { continue }
        if !isNoted { note(node, tree, &holders) }
        isNoted = true
        guard holders[name] == node else { continue }
        findings.report(
          "a property of the node around it is called `\(tree.name(child))` too", at: child,
          help: "rename one of the two")
      }
    }
  }

  private static func note(_ node: NodeID, _ tree: FlatTree, _ holders: inout [NodeID]) {
    for property in tree.properties(node) {
      // dtc has dropped a right `name` by now.
      if tree.known(property) == .name, NameProperties.isRight(property, of: node, tree) {
        continue
      }
      holders[tree.nameIndex(property)] = node
    }
  }
}
