import DeviceTree

/// A check that a property is made of whole texts.
protocol WholeTextsRule: LintRule {}

extension WholeTextsRule {
  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    guard !context.tree.isWholeTexts(property) else { return }
    findings.report(
      "`\(context.tree.propertyName(property))` is no list of texts: its last byte is not zero",
      at: node, property, help: "write each entry between double quotes")
  }
}
