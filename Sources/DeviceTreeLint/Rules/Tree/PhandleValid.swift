import DeviceTree
import Diagnostics

/// Phandles that no node can have, that two nodes have, or that none has.
enum PhandleValid: TreeRule, PropertyRule {
  static let card = RuleCard(
    id: "phandle-valid", family: .tree, severity: .error,
    summary: "a phandle is 0 or ~0, is that of two nodes, or leads to none",
    why: """
      A reference finds the first node with the number. Where two have it, or none, a device gets
      another one's interrupt controller, clock or regulator, or its driver gives up. 0 and ~0 stand
      for "no node", so a node with such a number is never found.
      """,
    evidence: .silence(version: "4.17.5"),
    aliases: ["explicit_phandles"] + PhandleList.checks,
    source: "Devicetree Specification v0.4, section 2.3.3; dtc checks.c, check_explicit_phandles",
    bad: [
      """
      / {
        a { phandle = <1>; };
        b {
          «phandle» = <1>;
        };
      };
      """,
      """
      / {
        a {
          «phandle» = <0>;
        };
      };
      """,
      """
      / {
        a {
          phandle = <1>;
          «linux,phandle» = <2>;
        };
      };
      """,
      """
      / {
        uart {
          «clocks» = <7>;
        };
      };
      """,
    ],
    good: [
      """
      / {
        a { phandle = <1>; linux,phandle = <1>; #clock-cells = <0>; };
        b { phandle = <2>; clocks = <1>; };
      };
      """
    ])

  static let names: [KnownName] = [.linuxPhandle, .phandle]
  static let judgesDisabled = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for (before, after) in zip(context.phandles, context.phandles.dropFirst())
    where before.phandle == after.phandle && before.node != after.node {
      guard isPossible(after.phandle) else { continue }
      findings.report(
        "the phandle \(hex(after.phandle)) is that of \(tree.path(before.node)) too",
        at: after.node,
        tree.property(after.node, .phandle) ?? tree.property(after.node, .linuxPhandle),
        help: "give each its own number, or write labels and leave the numbers to dtc",
        aliases: ["explicit_phandles"])
    }
    for found in context.phandleFaults {
      guard case .dangling(let phandle) = found.fault.reason, !found.isOfInterrupts else {
        continue
      }
      findings.report(
        "no node has the phandle \(hex(phandle)), cell \(found.fault.cell) of"
          + " `\(tree.propertyName(found.property))`", at: found.node, found.property,
        help: "refer to a node of this tree", aliases: [found.list.check])
    }
  }

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let phandle = tree.onlyCell(property) else {
      findings.report(
        "`\(tree.propertyName(property))` has \(tree.length(property)) bytes; a phandle has 4",
        at: node, property, help: "write one number", aliases: ["explicit_phandles"])
      return
    }
    if !isPossible(phandle) {
      findings.report(
        "\(hex(phandle)) stands for no node, and cannot be the phandle of one", at: node, property,
        help: "give it another number, or write a label and leave the number to dtc",
        aliases: ["explicit_phandles"])
    } else if tree.known(property) == .linuxPhandle,
      let other = tree.onlyCell(node, .phandle), other != phandle
    {
      findings.report(
        "`linux,phandle` is \(hex(phandle)) and `phandle` is \(hex(other))", at: node, property,
        help: "take `linux,phandle` out; no reader needs it any more",
        aliases: ["explicit_phandles"])
    }
  }

  private static func isPossible(_ phandle: UInt32) -> Bool { phandle != 0 && phandle != .max }
}
