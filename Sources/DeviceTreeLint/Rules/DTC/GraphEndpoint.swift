import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum GraphEndpoint: TreeRule {
  static let card = RuleCard(
    id: "graph_endpoint", family: .dtc, severity: .warning,
    summary: "an endpoint is not named as one, or the other end of it does not lead back",
    why: """
      Two devices are connected where each has an endpoint whose `remote-endpoint` is the other.
      Linux follows it from either side; where one of them is missing or leads elsewhere, one driver
      waits for a partner that never comes, and the display or camera stays dark.
      """,
    // dtc takes 0 for all cells where these cannot be read, and then complains of that.
    after: ["addr_size_cells", "graph_nodes"],
    source: "dtc checks.c, check_graph_endpoint, check_graph_reg",
    bad: [
      """
      / {
        one {
          port {
            «a: endpoint» { remote-endpoint = <&b>; };
          };
        };
        two { port { b: endpoint { }; }; };
      };
      """,
      """
      / {
        one {
          port {
            endpoint {
              «remote-endpoint» = <77>;
            };
          };
        };
      };
      """,
      """
      / {
        one {
          port {
            «a: out» { remote-endpoint = <&b>; };
          };
        };
        two { port { b: endpoint { remote-endpoint = <&a>; }; }; };
      };
      """,
    ],
    good: [
      """
      / {
        one { port { a: endpoint { remote-endpoint = <&b>; }; }; };
        two { port { b: endpoint { remote-endpoint = <&a>; }; }; };
      };
      """
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for port in context.graphPorts {
      for endpoint in tree.children(port) {
        GraphAddress.check(endpoint, in: port, context, &findings)
        // The other end may be in the tree below an overlay.
        if context.isPlugin { continue }
        if !tree.baseNameIs(endpoint, "endpoint") {
          findings.report(
            "`\(tree.name(endpoint))` lies in a port and is not called `endpoint`", at: endpoint,
            help: "call it `endpoint`, with `@` and its number where there are several")
        }
        guard let other = otherEnd(of: endpoint, context, &findings),
          otherEnd(of: other, context, &findings) != endpoint
        else { continue }
        findings.report(
          "the other end, `\(tree.path(other))`, does not lead back", at: endpoint,
          help: "give that node a `remote-endpoint` with this one's label")
      }
    }
  }

  /// Where the endpoint leads to; nil where it leads nowhere. A phandle of no node is told each time
  /// somebody comes by, as dtc does.
  private static func otherEnd(
    of endpoint: NodeID, _ context: LintContext, _ findings: inout Findings
  ) -> NodeID? {
    let tree = context.tree
    guard let property = tree.property(endpoint, .remoteEndpoint) else { return nil }
    guard let phandle = tree.onlyCell(property) else {
      findings.report(
        "`remote-endpoint` is not one phandle", at: endpoint, property,
        help: "write it as `<&label>` of the other end")
      return nil
    }
    guard phandle != 0, phandle != .max else { return nil }
    guard let other = context.node(withPhandle: phandle) else {
      findings.report(
        "the phandle \(hex(phandle)) in `remote-endpoint` leads to no node", at: endpoint, property,
        help: "write it as `<&label>` of the other end")
      return nil
    }
    return other
  }
}
