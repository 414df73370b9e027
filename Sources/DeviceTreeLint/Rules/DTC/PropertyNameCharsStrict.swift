import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum PropertyNameCharsStrict: NameRule {
  static let card = RuleCard(
    id: "property_name_chars_strict", family: .dtc, severity: .warning,
    summary: "a property's name has a letter that is allowed, and not usual",
    why: """
      Linux asks for letters, digits, `,` and `-` in names of properties, and for `#` only where a
      name or what follows the vendor begins. Others work; the one that does not fit is what a
      search for the usual spelling misses.
      """,
    source: "dtc checks.c, check_property_name_chars_strict",
    bad: ["/ { serial { «clock_0» = <1>; }; };"],
    good: ["/ { cpu { device_type = \"cpu\"; #address-cells = <1>; vendor,#cells = <1>; }; };"],
    isOptional: true)

  static func concerns(_ name: NameRecord, of tree: FlatTree) -> Bool {
    firstUnusual(tree.bytes[name.range]) != nil
  }

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard let other = firstUnusual(tree.bytes[tree.propertyNameRange(property)]) else { return }
    findings.report(
      "\(letter(other)) is not usual in a property's name", at: node, property,
      help: "use letters, digits, `,` and `-`")
  }

  /// One `#` is passed over, where the name begins or behind a `,`.
  private static func firstUnusual(_ name: ArraySlice<UInt8>) -> UInt8? {
    let letters = LetterSet.strict
    func isUnusual(_ byte: UInt8) -> Bool { !letters.contains(byte) }
    guard let first = name.firstIndex(where: isUnusual),
      !name.elementsEqual("device_type".utf8)
    else { return nil }
    let isLeading = first == name.startIndex || name[first - 1] == UInt8(ascii: ",")
    guard name[first] == UInt8(ascii: "#"), isLeading else { return name[first] }
    return name[(first + 1)...].first(where: isUnusual)
  }
}
