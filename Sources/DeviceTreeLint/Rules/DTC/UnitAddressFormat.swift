import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum UnitAddressFormat: TreeRule {
  static let card = RuleCard(
    id: "unit_address_format", family: .dtc, severity: .warning,
    summary: "the address in a node's name begins with `0x` or zeroes",
    why: """
      An address in a name is hexadecimal without saying so, and has no more digits than it needs:
      one address, one spelling. Who looks for `serial@1c28000` does not find `serial@01c28000`.
      """,
    after: ["node_name_format", "pci_bridge", "simple_bus_bridge"],
    source: "dtc checks.c, check_unit_address_format; Devicetree Specification v0.4, section 2.2.1",
    bad: [
      """
      / {
        «serial@01c28000» { };
        «serial@0x1c28400» { };
      };
      """
    ],
    good: ["/ { serial@1c28000 { }; serial@0 { }; };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for bus in tree.allNodes where tree.hasChildren(bus) {
      // Checks of these buses look at the whole address.
      lazy var isLeftToOthers = context.isPCIBus(bus) || context.isSimpleBus(bus)
      for node in tree.children(bus) {
        guard let unit = tree.unitAddressRange(node), unit.count > 1,
          tree.bytes[unit.lowerBound] == UInt8(ascii: "0")
        else { continue }
        if isLeftToOthers { break }
        check(node, unit, tree, &findings)
      }
    }
  }

  private static func check(
    _ node: NodeID, _ unit: Range<Int>, _ tree: FlatTree, _ findings: inout Findings
  ) {
    var unit = unit
    if tree.bytes[unit.lowerBound + 1] == UInt8(ascii: "x") {
      findings.report(
        "the address in a name is hexadecimal without `0x`", at: node, help: "take the `0x` out",
        fix: rename(node, tree))
      unit = unit.lowerBound + 2..<unit.upperBound
    }
    guard unit.count > 1, tree.bytes[unit.lowerBound] == UInt8(ascii: "0"),
      isHexDigit(tree.bytes[unit.lowerBound + 1])
    else { return }
    findings.report(
      "the address in a name has no zeroes before it", at: node, help: "take the zeroes out",
      fix: rename(node, tree))
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }

  /// Paths change with the name, so that somebody has to look.
  private static func rename(_ node: NodeID, _ tree: FlatTree) -> Fix? {
    guard let unit = tree.unitAddress(node) else { return nil }
    let digits = unit.hasPrefix("0x") ? unit.dropFirst(2) : unit[...]
    let rest = digits.drop { $0 == "0" }
    let name = tree.baseName(node) + "@" + (rest.isEmpty ? "0" : rest)
    return Fix(.risky, "call it `\(name)`", .rename(node: tree.path(node), to: name))
  }
}
