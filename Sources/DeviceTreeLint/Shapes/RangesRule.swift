import DeviceTree

/// A check of how long a property is that maps a node's addresses to those of its parent.
protocol RangesRule: PropertyRule {}

extension RangesRule {
  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let parent = tree.parent(node) else {
      findings.report(
        "the root has `\(tree.propertyName(property))`, and no parent to map to", at: node,
        property)
      return
    }
    let (above, own) = (context.dtcCells(parent), context.dtcCells(node))
    let length = Int32(truncatingIfNeeded: tree.length(property))
    if length == 0 {
      if above.address != own.address {
        findings.report(
          "an empty `\(tree.propertyName(property))` maps addresses of \(own.address) cells to "
            + "addresses of \(above.address)", at: node, property,
          help: "give both nodes the same `#address-cells`, or write the map out")
      }
      if above.size != own.size {
        findings.report(
          "an empty `\(tree.propertyName(property))` maps sizes of \(own.size) cells to sizes of "
            + "\(above.size)", at: node, property,
          help: "give both nodes the same `#size-cells`, or write the map out")
      }
      return
    }
    let entry = (above.address &+ own.address &+ own.size) &* 4
    guard !isMultiple(length, of: entry) else { return }
    findings.report(
      "`\(tree.propertyName(property))` has \(length) bytes, and an entry of \(own.address) + "
        + "\(above.address) + \(own.size) cells has \(entry)", at: node, property,
      help: "an entry is an address here, the address it has above, and a size")
  }
}

/// As C reckons: of no bytes, only nothing is a multiple.
func isMultiple(_ length: Int32, of entry: Int32) -> Bool {
  // A length is not negative, so that the one division that overflows cannot be.
  entry == 0 ? length == 0 : length % entry == 0
}
