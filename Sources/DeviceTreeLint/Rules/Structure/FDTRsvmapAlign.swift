import DeviceTree
import Diagnostics

/// A list of memory reservations that does not stand on a multiple of eight.
enum FDTRsvmapAlign: FaultRule {
  static let card = RuleCard(
    id: "fdt-rsvmap-align", family: .structure, severity: .error,
    summary: "the memory reservation block is not on a multiple of eight",
    why: """
      Its entries are 64-bit words, which readers load as such: a fault on processors that want
      them aligned. libfdt refuses such a tree since 1.8.0; older ones, such as that of Xen 4.17,
      read on.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 5.6; libfdt fdt.c",
    bad: [
      RuleExample("/memreserve/ 0x1000 0x1000; / { };", patches: [.header(16, 0x2C)])
    ],
    good: ["/memreserve/ 0x1000 0x1000; / { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .misalignedBlock(.reservations, _, _): card.severity
    default: nil
    }
  }
}
