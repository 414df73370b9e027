import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum PropertyNameChars: NameRule {
  static let card = RuleCard(
    id: "property_name_chars", family: .dtc, severity: .error,
    summary: "a property's name has a letter that no property's name may have",
    why: """
      Letters, digits and `,._+*#?-` are allowed. A name with others cannot be written in every
      source, and dtc refuses the tree.
      """,
    source: "dtc checks.c, check_property_name_chars; Devicetree Specification v0.4, section 2.2.4",
    bad: ["/ { serial { «clock@0» = <1>; }; };"],
    good: ["/ { serial { clock-0 = <1>; }; };"])

  static func concerns(_ name: NameRecord, of tree: FlatTree) -> Bool { !name.isPlain }

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    let name = tree.propertyNameRange(property)
    guard let other = LetterSet.property.firstOther(tree.bytes, in: name) else { return }
    findings.report(
      "a property's name may not have \(letter(tree.bytes[other])) in it", at: node, property,
      help: "use letters, digits and `,._+*#?-`")
  }
}
