import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum UnitAddressVsReg: TreeRule {
  static let card = RuleCard(
    id: "unit_address_vs_reg", family: .dtc, severity: .warning,
    summary: "of `reg` and the address in a node's name there is only one",
    why: """
      A node with an address is called after it, so that a path tells siblings apart and people can
      find a device by its address. A boot script that goes by the usual path does not find a node
      that is called otherwise.
      """,
    source: "dtc checks.c, check_unit_address_vs_reg; Devicetree Specification v0.4, section 2.2.1",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «memory» { reg = <0x40000000 0x40000000>; };
        «serial@1c28000» { };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@40000000 { reg = <0x40000000 0x40000000>; };
        serial { };
      };
      """
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for node in tree.allNodes {
      let isNamed = tree.hasFilledUnitAddress(node)
      guard isNamed != hasAddress(node, tree) else { continue }
      // A fragment of an overlay counts fragments, and has no address.
      guard tree.child(node, "__overlay__") == nil else { continue }
      if isNamed {
        findings.report(
          "the name has an address, and the node has neither `reg` nor `ranges`", at: node,
          help: "write a `reg`, or take the address out of the name")
      } else {
        findings.report(
          "the node has a `reg` or `ranges`, and its name has no address", at: node,
          help: "name it after its first address", fix: rename(node, context))
      }
    }
  }

  /// A `reg`, or a `ranges` with something in it.
  private static func hasAddress(_ node: NodeID, _ tree: FlatTree) -> Bool {
    var hasRanges = false
    for property in tree.properties(node) {
      switch tree.known(property) {
      case .reg: return true
      case .ranges: hasRanges = tree.length(property) > 0
      default: continue
      }
    }
    return hasRanges
  }

  /// Paths change with the name, so that somebody has to look.
  private static func rename(_ node: NodeID, _ context: LintContext) -> Fix? {
    let tree = context.tree
    guard node != .root, let address = context.firstAddress(node) else { return nil }
    let name = tree.baseName(node) + "@" + String(address, radix: 16)
    return Fix(.risky, "call it `\(name)`", .rename(node: tree.path(node), to: name))
  }
}
