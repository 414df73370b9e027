import DeviceTree
import Diagnostics
import Measures

/// A tree that is handed to Xen where Xen does not take it.
enum FDTLoadAlign: TreeRule {
  static let card = RuleCard(
    id: "fdt-load-align", family: .structure, severity: .error,
    summary: "the tree is loaded to no multiple of eight, or to address 0",
    why: """
      Xen takes a tree only from an address that is a multiple of eight and not 0. The check comes
      before the serial line is up: "Starting kernel ..." is the last that is seen. U-Boot moves a
      tree to a fitting place, but not with `fdt_high` set to ~0.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    source: "Xen xen/arch/arm/mmu/setup.c, early_fdt_map; docs/misc/arm/booting.txt",
    bad: [
      RuleExample("/ { };", for: .init(xen: "4.17", treeAddress: 0x4300_0004)),
      RuleExample("/ { };", for: .init(xen: "4.17", treeAddress: 0)),
    ],
    good: [RuleExample("/ { };", for: .init(xen: "4.17", treeAddress: 0x4300_0000))])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let address = context.target.treeAddress,
      address.rawValue == 0 || !address.rawValue.isMultiple(of: 8)
    else { return }
    findings.report(
      "the tree is loaded to \(address), which is \(address.rawValue == 0 ? "0" : "no multiple of 8")",
      atOffset: nil,
      help: "load it to a multiple of 8, in RAM")
  }
}
