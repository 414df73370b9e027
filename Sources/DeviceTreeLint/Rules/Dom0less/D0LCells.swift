import DeviceTree
import Diagnostics

/// A guest whose modules are counted in somebody else's cells.
enum D0LCells: TreeRule {
  static let card = RuleCard(
    id: "d0l-cells", family: .dom0less, severity: .error,
    summary: "a guest has modules but does not say how many cells their `reg` has",
    why: """
      Xen counts the modules' `reg` in the cells of the guest's node, and where that has none in
      those of /chosen or of the root, while dtc counts 2 and 1. With the wrong count Xen takes half
      an address for an address: the kernel is looked for where nothing is.
      """,
    context: .xen,
    evidence: .seen("Could not set up domain domU1", version: "4.17.5"),
    source: "Xen docs/misc/arm/device-tree/booting.txt; bootfdt.c, device_tree_for_each_node",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          chosen {
            «domU1» {
              compatible = "xen,domain";
              memory = <0 65536>; cpus = <1>;
              module@4a000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0 0x4a000000 0x500000>;
              };
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          chosen {
            domU1 {
              compatible = "xen,domain";
              #address-cells = <2>; #size-cells = <1>;
              memory = <0 65536>; cpus = <1>;
              module@4a000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0 0x4a000000 0x500000>;
              };
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for domain in context.domains {
      let index = Int(domain.index)
      let missing = [
        context.ownAddressCells[index] < 0 ? "#address-cells" : nil,
        context.ownSizeCells[index] < 0 ? "#size-cells" : nil,
      ].compactMap(\.self)
      let modules = tree.children(domain).filter(context.isModule)
      guard !missing.isEmpty, !modules.isEmpty else { continue }
      let cells = context.xenCells(domain)
      let misfit = modules.first { node in
        guard let reg = tree.property(node, .reg) else { return false }
        return tree.length(reg) != 4 * (cells.address + cells.size)
      }
      let counted = "Xen counts its modules in \(cells.address) and \(cells.size) cells"
      let who = "`\(tree.name(domain))` has no \(missing.joined(separator: " and no "))"
      let help = "write #address-cells and #size-cells into the guest's node"
      if let misfit, let reg = tree.property(misfit, .reg) {
        findings.report(
          who + ": \(counted), but `reg` of \(tree.name(misfit)) has \(tree.cellCount(reg))",
          at: domain, help: help, others: modules)
      } else {
        findings.report(
          who + ": \(counted), which fits, but changes with the nodes around it", at: domain,
          severity: .warning, help: help, others: modules)
      }
    }
  }
}
