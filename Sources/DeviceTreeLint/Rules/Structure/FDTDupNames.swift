import DeviceTree
import Diagnostics

/// Siblings of one name.
enum FDTDupNames: FaultRule {
  static let card = RuleCard(
    id: "fdt-dup-names", family: .structure, severity: .error,
    summary: "two subnodes, or two properties, of one node have the same name",
    why: """
      A path then means two nodes. libfdt, and with it U-Boot and Xen's early code, finds the first
      of them; Linux and dom0 get both, and what is set in one is not seen in the other. An empty
      /chosen before the true one is enough: Xen starts without arguments and modules.
      """,
    evidence: .silence(version: "4.17.5"),
    aliases: ["duplicate_node_names", "duplicate_property_names"],
    source: "Devicetree Specification v0.4, section 2.2; dtc checks.c",
    bad: [
      RuleExample(
        "/ { n { }; m { }; };", patches: [BytePatch(.structure, 24, [0x6E])]),
      RuleExample("/ { a; b; };", patches: [.structure(28, 0)]),
    ],
    good: ["/ { n { }; m { }; };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .duplicateNode, .duplicateProperty: card.severity
    default: nil
    }
  }
}
