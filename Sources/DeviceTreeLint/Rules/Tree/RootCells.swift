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
    aliases: ["avoid_default_addr_size"],
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
    let counting = tree.children(.root).filter { tree.has($0, .reg) || tree.has($0, .ranges) }
    var missing: [String] = []
    for name in [KnownName.addressCells, .sizeCells] {
      // Readers take the first cell, whatever follows.
      guard let property = tree.property(.root, name), let count = tree.cell(property, 0) else {
        missing.append(name.rawValue)
        continue
      }
      guard !(1...2).contains(count) else { continue }
      findings.report(
        "the root's `\(name.rawValue)` is \(count), and can be 1 or 2", at: .root, property,
        help: "write 1, or 2 for addresses beyond 4 GiB, and count each `reg` below anew",
        aliases: [], others: counting)
    }
    guard !missing.isEmpty else { return }
    let properties = missing.map { "`\($0)`" }.joined(separator: " and no ")
    let values = missing.map { "`\($0) = <1>;`" }.joined(separator: " and ")
    findings.report(
      "the root has no \(properties), by which its children's `reg` is counted", at: .root,
      help: "add \(values), or 2 for addresses beyond 4 GiB", others: counting)
  }
}
