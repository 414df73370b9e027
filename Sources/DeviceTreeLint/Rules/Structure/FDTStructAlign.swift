import DeviceTree
import Diagnostics

/// A structure block that does not stand on a multiple of four.
enum FDTStructAlign: FaultRule {
  static let card = RuleCard(
    id: "fdt-struct-align", family: .structure, severity: .error,
    summary: "the structure block is not on a multiple of four",
    why: """
      It is read word by word, so each word is a misaligned load: an abort early in boot, before
      there is a console, on processors or in modes that do not allow it. libfdt refuses it since
      1.8.0 only.
      """,
    evidence: .silence(version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 5.6",
    bad: [
      RuleExample("/ { };", patches: [.header(8, 0x36)])
    ],
    good: ["/ { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .misalignedBlock(let block, _, _) where block != .reservations: card.severity
    default: nil
    }
  }
}
