import DeviceTree
import Diagnostics

/// A property that stands behind a subnode of its node.
enum FDTPropAfterNode: FaultRule {
  static let card = RuleCard(
    id: "fdt-prop-after-node", family: .structure, severity: .error,
    summary: "a property stands behind a subnode of its node",
    why: """
      The properties of a node come first. A reader that looks for one stops at the first subnode:
      libfdt does, and with it U-Boot, Xen and Linux, so to them the property is not there. dtc
      only warns, and libfdt's own check of a tree says nothing.
      """,
    evidence: .seen(
      "PLEASE SPECIFY dom0_mem PARAMETER - USING 512M FOR NOW", version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 5.4.2",
    bad: [
      RuleExample(
        "/ { a; n { }; };",
        patches: [
          .structure(8, 1), BytePatch(.structure, 12, [0x6E, 0, 0, 0]), .structure(16, 2),
          .structure(20, 3), .structure(24, 0), .structure(28, 0),
        ])
    ],
    good: ["/ { a; n { }; };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .propertyAfterSubnode: card.severity
    default: nil
    }
  }
}
