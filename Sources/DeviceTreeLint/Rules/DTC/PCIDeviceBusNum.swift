import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum PCIDeviceBusNum: PropertyRule {
  static let card = RuleCard(
    id: "pci_device_bus_num", family: .dtc, severity: .warning,
    summary: "a PCI device is on a bus that its bridge does not have",
    why: """
      The bus is in the first cell of `reg`, and `bus-range` of the bridge says which there are;
      without one it is bus 0. A device on another is never found, and goes without its properties.
      """,
    after: ["reg_format", "pci_bridge"],
    source: "dtc checks.c, check_pci_device_bus_num",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        pcie@1000 {
          device_type = "pci";
          #address-cells = <3>; #size-cells = <2>;
          ranges = <0x2000000 0 0 0x40000000 0 0x1000000>;
          ethernet@0 {
            «reg» = <0x10000 0 0 0 0>;
          };
        };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        pcie@1000 {
          device_type = "pci";
          #address-cells = <3>; #size-cells = <2>;
          ranges = <0x2000000 0 0 0x40000000 0 0x1000000>;
          bus-range = <0 1>;
          ethernet@0 { reg = <0x10000 0 0 0 0>; };
        };
      };
      """
    ])

  static let names: [KnownName] = [.deviceType]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard context.hasPCIDevices(node) else { return }
    var (first, last): (UInt32, UInt32) = (0, 0)
    if let buses = tree.property(node, .busRange) {
      guard let start = tree.cell(buses, 0), let end = tree.cell(buses, 1) else { return }
      (first, last) = (start, end)
    }
    for child in tree.children(node) {
      guard let reg = tree.property(child, .reg), let high = tree.cell(reg, 0) else { continue }
      let bus = high >> 16 & 0xFF
      guard bus < first || bus > last else { continue }
      findings.report(
        "the device is on bus \(bus), and the bridge has buses \(first) to \(last)", at: child, reg,
        help: "the bus is in bits 16 to 23 of the first cell; `bus-range` of the bridge says more")
    }
  }
}
