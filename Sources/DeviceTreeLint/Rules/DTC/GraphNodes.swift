import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum GraphNodes: TreeRule {
  static let card = RuleCard(
    id: "graph_nodes", family: .dtc, severity: .warning,
    summary: "an endpoint stands in the root",
    why: """
      An endpoint is one end of a connection between two devices, and lies in a `port` of the device.
      In the root it belongs to none, and the driver at the other end finds nobody.
      """,
    source: "dtc checks.c, check_graph_nodes",
    bad: [
      """
      / {
        «endpoint» { };
      };
      """
    ],
    good: ["/ { display { port { endpoint { }; }; }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for node in tree.children(.root) where context.isGraphEndpoint(node) {
      findings.report(
        "the endpoint `\(tree.name(node))` stands in the root", at: node,
        help: tree.baseNameIs(node, "endpoint")
          ? "move it into a `port` of its device"
          : "take `remote-endpoint` out: it belongs in an `endpoint` of a device's `port`")
    }
  }
}
