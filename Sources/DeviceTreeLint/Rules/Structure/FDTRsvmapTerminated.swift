import DeviceTree
import Diagnostics

/// A list of memory reservations without its end.
enum FDTRsvmapTerminated: FaultRule {
  static let card = RuleCard(
    id: "fdt-rsvmap-terminated", family: .structure, severity: .error,
    summary: "the list of memory reservations has no end",
    why: """
      Two zero words end the list. Without them a reader takes the structure block for addresses
      and sizes: memory is kept from the system that should have had it. Xen before 4.19 went
      round for ever on such an error.
      """,
    evidence: .silence(version: "4.17.5"),
    source:
      "Devicetree Specification v0.4, section 5.3; libfdt fdt_ro.c, fdt_num_mem_rsv; Xen commit 410837189e",
    bad: [
      RuleExample("/ { };", patches: [BytePatch(.reservations, 15, [1])])
    ],
    good: ["/memreserve/ 0x1000 0x1000; / { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .unterminatedReservations: card.severity
    default: nil
    }
  }
}
