import DeviceTree
import Diagnostics

/// Blocks in another order than the usual one.
enum FDTBlockOrder: FaultRule {
  static let card = RuleCard(
    id: "fdt-block-order", family: .structure, severity: .info,
    summary: "the blocks are not in the order reservations, structure, strings",
    why: """
      Readers follow the offsets and do not mind, but tools that make room in a tree (libfdt when
      it opens one for writing, U-Boot before it edits one) have to rearrange it first.
      """,
    source: "Devicetree Specification v0.4, section 5.1",
    bad: [
      RuleExample(
        "/ { };",
        patches: [.header(4, 0x58), .header(16, 0x48), BytePatch(.end, 0, [0], times: 16)])
    ],
    good: ["/ { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .unusualBlockOrder: card.severity
    default: nil
    }
  }
}
