import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum GraphPort: TreeRule {
  static let card = RuleCard(
    id: "graph_port", family: .dtc, severity: .warning,
    summary: "a node that holds endpoints is not named or numbered as a port is",
    why: """
      Linux looks for `port` or `port@N` when it follows the connections of a device, and tells them
      apart by `reg`, one cell. An endpoint in a node of another name is not found, and the display,
      camera or sound card that it belongs to stays unconnected.
      """,
    // dtc takes 0 for all cells where these cannot be read, and then complains of that.
    after: ["addr_size_cells", "graph_nodes"],
    source: "dtc checks.c, check_graph_port, check_graph_reg",
    bad: [
      """
      / {
        display {
          «output» { endpoint { }; };
        };
      };
      """,
      """
      / {
        display {
          #address-cells = <1>; #size-cells = <0>;
          port@0 {
            «reg» = <1>;
            endpoint { };
          };
        };
      };
      """,
      """
      / {
        display {
          #address-cells = <1>; #size-cells = <1>;
          port@1 {
            «reg» = <1>;
            endpoint { };
          };
        };
      };
      """,
    ],
    good: [
      "/ { display { port { endpoint { }; }; }; };",
      """
      / {
        display {
          #address-cells = <1>; #size-cells = <0>;
          port@a { reg = <10>; endpoint { }; };
        };
      };
      """,
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for port in context.graphPorts {
      guard let parent = tree.parent(port) else { continue }
      GraphAddress.check(port, in: parent, context, &findings)
      // What an overlay calls `__overlay__` may be a port of the tree below.
      guard !context.isPlugin, !tree.baseNameIs(port, "port") else { continue }
      findings.report(
        "`\(tree.name(port))` holds an endpoint and is not called `port`", at: port,
        help: "call it `port`, with `@` and its number where there are several")
    }
  }
}
