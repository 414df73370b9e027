import DeviceTree
import Diagnostics

/// A blob of version 17 that does not say that readers of 16 can read it.
enum FDTLastComp16: FaultRule {
  static let card = RuleCard(
    id: "fdt-last-comp-16", family: .structure, severity: .warning,
    summary: "the last compatible version is not 16",
    why: """
      Version 17 only adds a word to the header, so a blob of it is compatible with version 16 and
      has to say so. Loaders of that time refuse one that says 17, and older ones would take one
      that says less for their own.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 5.2",
    bad: [
      RuleExample("/ { };", patches: [.header(24, 17)]),
      RuleExample("/ { };", patches: [.header(24, 3)]),
    ],
    good: ["/ { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .lastCompatibleVersion: card.severity
    case .unsupportedVersion(let version, let lastCompatible):
      version >= 17 && lastCompatible <= 17 ? card.severity : nil
    default: nil
    }
  }
}
