import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum PCIDeviceReg: PropertyRule {
  static let card = RuleCard(
    id: "pci_device_reg", family: .dtc, severity: .warning,
    summary: "a PCI device's `reg` is no address of its configuration space",
    why: """
      The first cell holds bus, device and function, the two behind it are 0, and the node is called
      after device and function. Linux matches the node to what it finds on the bus by these
      numbers; what is wrong is left out, and the device goes without its properties.
      """,
    after: ["reg_format", "pci_bridge"],
    source: "dtc checks.c, check_pci_device_reg; PCI Bus Binding to Open Firmware",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        pcie@1000 {
          device_type = "pci";
          #address-cells = <3>; #size-cells = <2>;
          ranges = <0x2000000 0 0 0x40000000 0 0x1000000>;
          «ethernet@2» { reg = <0x800 0 0 0 0>; };
          usb@3 {
            «reg» = <0x1800 0 1 0 0>;
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
          ethernet@1 { reg = <0x800 0 0 0 0>; };
          usb@3,1 { reg = <0x1900 0 0 0 0>; };
        };
      };
      """
    ])

  static let names: [KnownName] = [.deviceType]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    guard context.hasPCIDevices(node) else { return }
    for child in context.tree.children(node) {
      guard let reg = context.tree.property(child, .reg) else { continue }
      checkDevice(child, reg, context.tree, &findings)
    }
  }

  private static func checkDevice(
    _ node: NodeID, _ reg: PropertyID, _ tree: FlatTree, _ findings: inout Findings
  ) {
    guard let high = tree.cell(reg, 0), let middle = tree.cell(reg, 1), let low = tree.cell(reg, 2)
    else { return }
    if middle != 0 || low != 0 {
      findings.report("the second and third cell of a PCI device's `reg` are 0", at: node, reg)
    }
    if high & 0xFF00_0000 != 0 {
      findings.report(
        "the first cell of `reg`, \(hex(high)), is not of the configuration space", at: node, reg,
        help: "its upper eight bits are 0 there")
    }
    if high & 0xFF != 0 {
      findings.report(
        "the first cell of `reg`, \(hex(high)), names a register", at: node, reg,
        help: "its lower eight bits are 0 for the device as a whole")
    }
    let (device, function) = (UInt64(high >> 11 & 0x1F), UInt64(high >> 8 & 7))
    if function == 0, tree.unitAddressIs(node, device) { return }
    let full = String(device, radix: 16) + "," + String(function, radix: 16)
    guard tree.unitAddress(node) != full else { return }
    let short = function == 0 ? String(device, radix: 16) : full
    findings.report(
      "by its `reg` this is device \(device), function \(function)", at: node,
      help: "call it `\(tree.baseName(node))@\(short)`")
  }
}
