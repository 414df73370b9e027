import DeviceTree
import Diagnostics

/// A word that is no token where one has to be, or padding that is not empty.
enum FDTTokenValid: FaultRule {
  static let card = RuleCard(
    id: "fdt-token-valid", family: .structure, severity: .error,
    summary: "the structure block holds something that is no token",
    why: """
      A reader cannot know how long it is and stops there, so the rest of the tree is lost; some
      stop without a word. Bytes of padding that are not zero harm nobody, but tell that the tree
      was patched by hand.
      """,
    evidence: .seen("Missing kernel boot module?", version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 5.4",
    bad: [
      RuleExample("/ { };", patches: [.structure(8, 5)]),
      RuleExample("/ { a = [01]; };", patches: [BytePatch(.structure, 21, [0xFF])]),
    ],
    good: ["/ { a = [01]; };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .unknownToken: card.severity
    case .paddingNotZero: .warning
    default: nil
    }
  }
}
