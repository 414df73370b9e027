import DeviceTree
import Diagnostics

/// Two blocks that share bytes.
enum FDTBlockOverlap: FaultRule {
  static let card = RuleCard(
    id: "fdt-block-overlap", family: .structure, severity: .error,
    summary: "two blocks of the tree overlap",
    why: """
      The same bytes are then names and tokens, or reservations and tokens, and an edit of one
      block changes the other: what a tree says depends on who reads it, and in which order.
      libfdt and dtc do not look.
      """,
    evidence: .silence(version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 5.1",
    bad: [
      RuleExample("/ { a = <0 0 0 0 0>; };", patches: [.header(16, 0x50)])
    ],
    good: ["/ { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .overlappingBlocks: card.severity
    default: nil
    }
  }
}
