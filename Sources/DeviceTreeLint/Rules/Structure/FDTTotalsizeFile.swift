import DeviceTree
import Diagnostics

/// A blob whose header promises more, or less, than there can be.
enum FDTTotalsizeFile: FaultRule {
  static let card = RuleCard(
    id: "fdt-totalsize-file", family: .structure, severity: .error,
    summary:
      "the total size in the header is more than the file has, or less than the header needs",
    why: """
      A download or a card that was cut short, or a size changed by hand. U-Boot and Xen believe
      the number: they read, copy and reserve what lies behind the tree in memory, or stop in the
      middle of it.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "libfdt fdt_ro.c, fdt_check_full; Devicetree Specification v0.4, section 5.2",
    bad: [
      RuleExample("/ { };", patches: [.header(4, 0x90)]),
      RuleExample("/ { };", patches: [.header(4, 39)]),
    ],
    good: ["/ { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .totalSizeBelowHeader, .totalSizeBeyondBytes: card.severity
    default: nil
    }
  }
}
