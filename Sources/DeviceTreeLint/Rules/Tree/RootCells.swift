import DeviceTree
import Diagnostics

/// A root that does not say how its children count, or counts as nobody can.
enum RootCells: TreeRule {
  static let card = RuleCard(
    id: "root-cells", family: .tree, severity: .error,
    summary: "the root lacks `#address-cells` or `#size-cells`, or has neither 1 nor 2 there",
    why: """
      Memory and devices are counted in these cells. Without them dtc, U-Boot and Xen count 2 and 1,
      Linux 1 and 1: dom0 reads other memory than Xen wrote. With another number than 1 or 2 Xen finds
      no RAM, and stops before its serial line is up.
      """,
    evidence: .silence(version: "4.17.5"),
    source: """
      Devicetree Specification v0.4, section 3.2; Xen xen/arch/arm/domain_build.c, \
      make_hypervisor_node; Linux include/linux/of.h
      """,
    bad: [
      "«/» { };",
      """
      / {
        #address-cells = <1>;
        «#size-cells» = <0>;
      };
      """,
    ],
    good: ["/ { #address-cells = <2>; #size-cells = <2>; };"])

  static let expectsMachine = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for name in [KnownName.addressCells, .sizeCells] {
      // Readers take the first cell, whatever follows.
      guard let property = tree.property(.root, name), let count = tree.cell(property, 0) else {
        findings.report(
          "the root does not say how many cells there are in its children's"
            + (name == .addressCells ? " addresses" : " sizes"), at: .root,
          help: "add `\(name.rawValue) = <1>;`, or 2 for addresses beyond 4 GiB")
        continue
      }
      guard !(1...2).contains(count) else { continue }
      findings.report(
        "the root's `\(name.rawValue)` is \(count), and can be 1 or 2", at: .root, property,
        help: "write 1, or 2 for addresses beyond 4 GiB, and count each `reg` below anew")
    }
  }
}
