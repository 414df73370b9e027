import DeviceTree
import Diagnostics

/// A name that leads out of its block, or has no end.
enum FDTNameoff: FaultRule {
  static let card = RuleCard(
    id: "fdt-nameoff", family: .structure, severity: .error,
    summary: "a name lies outside of its block, or has no end",
    why: """
      The names of properties stand in the strings block, each up to a zero byte. Where the offset
      leads behind the block, or the zero byte is missing, a reader takes other memory for the
      name.
      """,
    evidence: .seen(
      "PLEASE SPECIFY dom0_mem PARAMETER - USING 512M FOR NOW", version: "4.17.5"),
    source: "libfdt fdt_ro.c, fdt_get_string",
    bad: [
      RuleExample("/ { a = <1>; };", patches: [.structure(16, 0x100)])
    ],
    good: ["/ { a = <1>; };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .nameOutsideStrings, .unterminatedName: card.severity
    default: nil
    }
  }
}
