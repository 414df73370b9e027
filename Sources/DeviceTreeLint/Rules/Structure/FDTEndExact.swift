import DeviceTree
import Diagnostics

/// A structure block that does not end where its end mark stands.
enum FDTEndExact: FaultRule {
  static let card = RuleCard(
    id: "fdt-end-exact", family: .structure, severity: .error,
    summary: "the end mark is missing, or is not at the end of the structure block",
    why: """
      Where the end mark is missing the tree was cut off, and its last nodes with it. Behind an
      end mark there may be a second tree that one reader sees and another does not.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 5.4",
    bad: [
      RuleExample("/ { };", patches: [.structure(12, 4)]),
      RuleExample(
        "/ { };",
        patches: [
          .header(4, 0x4C), .header(12, 0x4C), .header(36, 0x14), BytePatch(.end, 0, [0, 0, 0, 9]),
        ]),
    ],
    good: ["/ { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .missingEnd, .bytesAfterEnd, .endsInside: card.severity
    default: nil
    }
  }
}
