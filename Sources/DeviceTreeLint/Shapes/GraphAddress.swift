import DeviceTree

/// The address of a port or an endpoint: a number that tells it from its siblings.
///
/// Source: dtc checks.c, `check_graph_reg`.
enum GraphAddress {
  static func check(
    _ node: NodeID, in parent: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let reg = tree.property(node, .reg) else { return }
    guard let number = tree.onlyCell(reg) else {
      findings.report(
        "`reg` of `\(tree.name(node))` is not one cell", at: node, reg,
        help: "write the number of the port or endpoint, one cell")
      return
    }
    if !tree.unitAddressIs(node, UInt64(number)) {
      findings.report(
        "`\(tree.name(node))` has the number \(number); its unit address is not "
          + "`\(String(number, radix: 16))`", at: node, reg,
        help: "write the number behind the `@` of the name, hexadecimal and without `0x`")
    }
    let address = context.ownAddressCells[Int(parent.index)]
    let size = context.ownSizeCells[Int(parent.index)]
    if address != 1 {
      findings.report(
        "`reg` of `\(tree.name(node))` needs `#address-cells = <1>` in `\(tree.path(parent))`, "
          + (address < 0 ? "which has none" : "which says \(address)"), at: node, reg,
        help: "a port's or endpoint's number is one cell")
    }
    if size != 0 {
      findings.report(
        "`reg` of `\(tree.name(node))` needs `#size-cells = <0>` in `\(tree.path(parent))`, "
          + (size < 0 ? "which has none" : "which says \(size)"), at: node, reg,
        help: "a port's or endpoint's number has no size")
    }
  }
}
