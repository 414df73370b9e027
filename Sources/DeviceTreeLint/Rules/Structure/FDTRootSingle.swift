import DeviceTree
import Diagnostics

/// No root node, more than one, or one with a name.
enum FDTRootSingle: FaultRule {
  static let card = RuleCard(
    id: "fdt-root-single", family: .structure, severity: .error,
    summary: "the tree does not have exactly one root node without a name",
    why: """
      Readers disagree about what such a tree is: some take the first root, some the last. In
      U-Boot a signed image with a second or a named root let unsigned parts through
      (CVE-2021-27097).
      """,
    source: "libfdt fdt_check.c, fdt_check_full; Devicetree Specification v0.4, section 5.4",
    bad: [
      RuleExample(
        "/ { n { }; };",
        patches: [
          .structure(8, 2), .structure(12, 1), .structure(16, 0), .structure(20, 2),
        ]),
      RuleExample("/ { };", patches: [BytePatch(.structure, 4, [0x6E])]),
    ],
    good: ["/ { n { }; };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .noRoot, .secondRoot, .namedRoot: card.severity
    default: nil
    }
  }
}
