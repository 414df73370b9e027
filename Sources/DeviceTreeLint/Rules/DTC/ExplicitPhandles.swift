import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum ExplicitPhandles: PropertyRule, TreeRule {
  static let card = RuleCard(
    id: "explicit_phandles", family: .dtc, severity: .error,
    summary: "a node's `phandle` is no number of its own",
    why: """
      Interrupts, clocks and regulators find their provider by this number. Where two nodes have it,
      they find one of them, and it may be the wrong one; 0 and 0xffffffff are nobody's. dtc refuses
      the tree.
      """,
    source: "dtc checks.c, check_explicit_phandles; Devicetree Specification v0.4, section 2.3.3",
    bad: [
      """
      / {
        clock { phandle = <1>; };
        reset {
          «phandle» = <1>;
        };
      };
      """,
      """
      / {
        clock {
          «phandle» = <0>;
        };
      };
      """,
      """
      / {
        clock {
          phandle = <1>;
          «linux,phandle» = <2>;
        };
      };
      """,
    ],
    good: ["/ { clock { phandle = <1>; linux,phandle = <1>; }; reset { phandle = <2>; }; };"])

  static let names: [KnownName] = [.phandle, .linuxPhandle]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let own = LintContext.phandle(tree, property) else {
      let name = tree.propertyName(property)
      findings.report(
        tree.onlyCell(property).map { "`\(name)` is \(hex($0)), which stands for no node" }
          ?? "`\(name)` has \(tree.length(property)) bytes; it is one cell of 4",
        at: node, property, help: "take it out, and let dtc number the node")
      return
    }
    guard tree.known(property) == .linuxPhandle, let other = tree.property(node, .phandle),
      let number = LintContext.phandle(tree, other), number != own
    else { return }
    findings.report(
      "`linux,phandle` is \(hex(own)), and `phandle` is \(hex(number))", at: node, property,
      help: "take `linux,phandle` out; what still reads it reads `phandle` too")
  }

  /// The number must be the only one of its kind.
  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    var first = 0
    for index in context.phandles.indices.dropFirst() {
      let (phandle, node) = context.phandles[index]
      guard phandle == context.phandles[first].phandle else {
        first = index
        continue
      }
      findings.report(
        "\(tree.path(context.phandles[first].node)) has the phandle \(hex(phandle)) too", at: node,
        tree.property(node, .phandle) ?? tree.property(node, .linuxPhandle),
        help: "write `<&label>` wherever the number stands, and let dtc number the nodes")
    }
  }
}
