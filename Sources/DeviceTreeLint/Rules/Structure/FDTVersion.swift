import DeviceTree
import Diagnostics

/// A blob of a version that readers of version 17 do not take.
enum FDTVersion: FaultRule {
  static let card = RuleCard(
    id: "fdt-version", family: .structure, severity: .error,
    summary: "the version is not one that readers of version 17 understand",
    why: """
      U-Boot, Xen and Linux read version 17. They refuse a blob that is only for later readers,
      Xen before its serial line is up; one of version 16 lacks the size of its structure block, and each reader guesses in its own
      way where that ends.
      """,
    evidence: .silence(version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 5.2; libfdt fdt.c, fdt_check_header",
    bad: [
      RuleExample("/ { };", patches: [.header(20, 18), .header(24, 18)]),
      RuleExample("/ { };", patches: [.header(20, 16)]),
    ],
    good: ["/ { };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .unsupportedVersion(let version, let lastCompatible):
      if version < 16 || lastCompatible > min(version, 17) {
        card.severity
      } else {
        // One that is compatible with too much is another rule's.
        version == 16 ? .warning : nil
      }
    default: nil
    }
  }
}
