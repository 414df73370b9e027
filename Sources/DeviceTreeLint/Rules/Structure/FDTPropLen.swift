import DeviceTree
import Diagnostics

/// A property that claims more bytes than the tree has.
enum FDTPropLen: FaultRule {
  static let card = RuleCard(
    id: "fdt-prop-len", family: .structure, severity: .error,
    summary: "a property is longer than the structure block",
    why: """
      The length leads behind the block. Whoever adds it to an offset without a check reads or
      jumps anywhere, since the sum runs over 32 bits for large ones; libfdt had that fault until
      1.7.0.
      """,
    evidence: .seen("Missing kernel boot module?", version: "4.17.5"),
    source: "libfdt fdt.c, fdt_next_tag; dtc commit 7359034",
    bad: [
      RuleExample("/ { a = <1>; };", patches: [.structure(12, 0xFFFF_FFFC)])
    ],
    good: ["/ { a = <1>; };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .propertyTooLong: card.severity
    default: nil
    }
  }
}
