import DeviceTree
import Diagnostics

/// A block that lies, in whole or in part, outside of the blob.
enum FDTBlockBounds: FaultRule {
  static let card = RuleCard(
    id: "fdt-block-bounds", family: .structure, severity: .error,
    summary: "a block is not inside the tree",
    why: """
      Offset and size of a block lead in front of the header's end or behind the total size.
      Whoever does not check reads other memory as names, properties or reservations.
      """,
    source: "libfdt fdt.c, check_block_",
    bad: [
      RuleExample("/ { };", patches: [.header(12, 0xFFFF_FFF0)]),
      RuleExample("/ { };", patches: [.header(36, 0x100)]),
    ],
    good: ["/ { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .blockOutOfBounds: card.severity
    default: nil
    }
  }
}
