import DeviceTree
import Diagnostics

/// Bytes that are no blob.
enum FDTMagic: FaultRule {
  static let card = RuleCard(
    id: "fdt-magic", family: .structure, severity: .error,
    summary: "the file does not begin with the magic number of a device tree",
    why: """
      Whoever is given it (U-Boot, Xen, Linux) takes it for no tree. U-Boot says so; Xen stops before
      its serial line is up, and before 4.9 it does not even look.
      """,
    evidence: .silence(version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 5.2",
    bad: [RuleExample("/ { };", patches: [.header(0, 0xEDFE_0DD0)])],
    good: ["/ { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .wrongMagic, .tooShort: card.severity
    default: nil
    }
  }
}
