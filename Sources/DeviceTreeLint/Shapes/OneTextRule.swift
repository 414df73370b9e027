import DeviceTree

/// A check that a property is one text.
protocol OneTextRule: PropertyRule {}

extension OneTextRule {
  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    guard !context.tree.isOneText(property) else { return }
    findings.report(
      "`\(context.tree.propertyName(property))` is not one text", at: node, property,
      help: "write it as one text between double quotes")
  }
}
