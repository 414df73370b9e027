import DeviceTree

/// A list of phandles, each with the arguments that the node it leads to asks for.
///
/// ```
/// clocks = <&ccu 3>, <0>, <&osc>;
///           │    │    │    └ its node has #clock-cells = <0>
///           │    │    └ a hole: 0 and 0xffffffff lead nowhere and have no arguments
///           │    └ as many cells as …
///           └ … the `#clock-cells` of its node says
/// ```
///
/// Source: dtc checks.c, `check_property_phandle_args`.
struct PhandleList {
  /// The property of the other node that says how many arguments it asks for.
  let counts: KnownName
  /// Whether a node may do without that property, and then asks for none.
  var isCountOptional = false

  /// Looks until the first entry that cannot be read: behind it nobody knows where one begins.
  func check(
    _ list: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    let count = tree.cellCount(list)
    guard tree.length(list) == count * 4 else {
      findings.report(
        "`\(tree.propertyName(list))` has \(tree.length(list)) bytes; phandles and their arguments "
          + "are cells of 4", at: node, list, help: "write each entry as `<&label …>`")
      return
    }
    var position = 0
    while let phandle = tree.cell(list, position) {
      guard phandle != 0, phandle != .max else {
        // In an overlay it is a reference to the tree below, which has not been put in yet.
        if context.isPlugin { return }
        position += 1
        continue
      }
      guard let target = context.node(withPhandle: phandle) else {
        findings.report(
          "the phandle \(hex(phandle)) in `\(tree.propertyName(list))` (cell \(position)) leads to "
            + "no node", at: node, list, help: "write a reference, `&label`, and no number")
        return
      }
      guard let arguments = arguments(of: target, in: tree) else {
        findings.report(
          "`\(tree.propertyName(list))` names `\(tree.path(target))` (cell \(position)), which has "
            + "no `\(counts.rawValue)` of one cell", at: node, list,
          help: "add `\(counts.rawValue)` there; where that node is none to ask, an entry before "
            + "this one has too many or too few cells")
        return
      }
      guard arguments < count - position else {
        findings.report(
          "`\(tree.propertyName(list))` ends too early: `\(tree.path(target))` (cell \(position)) "
            + "asks for \(arguments) more cells, and \(count - position - 1) follow", at: node,
          list,
          help: "write as many cells behind the phandle as its node's `\(counts.rawValue)` says")
        return
      }
      position += 1 + arguments
    }
  }

  /// Nil where nobody can know.
  private func arguments(of target: NodeID, in tree: FlatTree) -> Int? {
    guard let property = tree.property(target, counts) else { return isCountOptional ? 0 : nil }
    return tree.onlyCell(property).map(Int.init)
  }
}
