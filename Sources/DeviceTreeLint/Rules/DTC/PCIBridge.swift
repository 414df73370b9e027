import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum PCIBridge: PropertyRule {
  static let card = RuleCard(
    id: "pci_bridge", family: .dtc, severity: .warning,
    summary: "a PCI bridge is not described as one",
    why: """
      The bus behind it counts addresses in three cells and sizes in two, and `ranges` says where
      its windows are. Linux finds no window otherwise, and no device behind the bridge gets memory.
      """,
    after: ["device_type_is_string", "addr_size_cells"],
    source: "dtc checks.c, check_pci_bridge; PCI Bus Binding to Open Firmware",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «bus@1000» {
          device_type = "pci";
          #address-cells = <2>; #size-cells = <1>;
        };
      };
      """,
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        pcie@1000 {
          device_type = "pci";
          #address-cells = <3>; #size-cells = <2>;
          ranges = <0x2000000 0 0 0x40000000 0 0x1000000>;
          «bus-range» = <0 0x100>;
        };
      };
      """,
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        pcie@1000 {
          device_type = "pci";
          #address-cells = <3>; #size-cells = <2>;
          ranges = <0x2000000 0 0 0x40000000 0 0x1000000>;
          bus-range = <0 0xff>;
        };
      };
      """
    ])

  static let names: [KnownName] = [.deviceType]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard tree.firstTextIs(property, "pci") else { return }
    if !tree.baseNameIs(node, "pci"), !tree.baseNameIs(node, "pcie") {
      findings.report("a PCI bridge is called `pci` or `pcie`", at: node)
    }
    if !tree.has(node, .ranges) {
      findings.report(
        "the PCI bridge has no `ranges`", at: node,
        help: "say where its windows are; what is no bridge has no `device_type`")
    }
    let cells = context.dtcCells(node)
    if cells.address != 3 {
      findings.report("`#address-cells` of a PCI bridge is 3, not \(cells.address)", at: node)
    }
    if cells.size != 2 {
      findings.report("`#size-cells` of a PCI bridge is 2, not \(cells.size)", at: node)
    }
    checkBuses(of: node, tree, &findings)
  }

  private static func checkBuses(
    of node: NodeID, _ tree: FlatTree, _ findings: inout Findings
  ) {
    guard let property = tree.property(node, .busRange) else { return }
    guard tree.length(property) == 8, let first = tree.cell(property, 0),
      let last = tree.cell(property, 1)
    else {
      findings.report(
        "`bus-range` has \(tree.length(property)) bytes; it is two cells, the first bus and the last",
        at: node, property)
      return
    }
    if first > last {
      findings.report("`bus-range` ends with \(last), before it begins", at: node, property)
    }
    if last > 0xFF {
      findings.report(
        "`bus-range` ends with \(last); there are buses up to 255", at: node, property)
    }
  }
}
