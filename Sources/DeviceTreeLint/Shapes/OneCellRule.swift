import DeviceTree

/// A check that a property is one cell.
protocol OneCellRule: PropertyRule {}

extension OneCellRule {
  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let length = context.tree.length(property)
    guard length != 4 else { return }
    findings.report(
      "`\(context.tree.propertyName(property))` has \(length) bytes; it is one cell of 4",
      at: node, property, help: "write one number between angle brackets")
  }
}
