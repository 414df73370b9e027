import DeviceTree
import Diagnostics

/// A `reg` that readers count in different cells, because the node around it does not say in which.
enum CellsInherited: PropertyRule {
  static let card = RuleCard(
    id: "cells-inherited", family: .tree, severity: .warning,
    summary: "the parent does not say in which cells `reg` counts, and readers differ",
    why: """
      Xen and Linux count as the nearest node further up says, dtc, U-Boot and the specification 2
      cells of address and 1 of size. One of them gets another address out of the same bytes: a
      module that U-Boot edits is another one than the module that Xen looks for.
      """,
    evidence: .tolerated(version: "4.17.5"),
    aliases: ["avoid_default_addr_size"],
    source: """
      Devicetree Specification v0.4, section 2.3.5; Xen xen/common/device-tree/bootfdt.c, \
      device_tree_for_each_node; libfdt fdt_addresses.c
      """,
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        chosen {
          modules {
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x44000000 0x400000>;
            };
          };
        };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        chosen {
          modules {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x400000>;
            };
          };
        };
      };
      """
    ])

  static let names: [KnownName] = [.reg]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    guard let bus = context.tree.parent(node), bus != .root else { return }
    let index = Int(bus.index)
    guard context.ownAddressCells[index] < 0 || context.ownSizeCells[index] < 0 else { return }
    let here = context.cells(bus, .specification)
    let inherited = context.cells(bus, .xen)
    guard here != inherited else { return }
    findings.report(
      "Xen and Linux take \(inherited.address) + \(inherited.size) cells for a pair of `reg`, dtc and"
        + " U-Boot \(here.address) + \(here.size): `\(context.tree.name(bus))` does not say",
      at: node, property,
      help: "add `#address-cells` and `#size-cells` to \(context.tree.path(bus))")
  }
}
