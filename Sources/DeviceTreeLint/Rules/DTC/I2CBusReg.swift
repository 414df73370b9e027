import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum I2CBusReg: TreeRule {
  static let card = RuleCard(
    id: "i2c_bus_reg", family: .dtc, severity: .warning,
    summary: "a device on an I2C bus has no sound address, or is not called after it",
    why: """
      `reg` is the address that the chip answers to, without the bit for reading. One that is too
      large is refused (\"invalid i2c address\"), and a write address, twice the right one, makes the
      driver talk to nobody.
      """,
    after: ["reg_format", "i2c_bus_bridge"],
    source: "dtc checks.c, check_i2c_bus_reg; Linux i2c-controller.yaml",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        i2c@1c2ac00 {
          reg = <0x1c2ac00 0x400>;
          #address-cells = <1>; #size-cells = <0>;
          «pmic@68» { reg = <0x34>; };
          rtc@d0 {
            «reg» = <0xd0>;
          };
          «eeprom» { };
        };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        i2c@1c2ac00 {
          reg = <0x1c2ac00 0x400>;
          #address-cells = <1>; #size-cells = <0>;
          pmic@34 { reg = <0x34>; };
          sensor@80000123 { reg = <0x80000123>; };
          slave@10 { reg = <0x40000010>; };
        };
      };
      """
    ])

  /// Bits of a cell that are no part of the address.
  ///
  /// Source: Linux `include/dt-bindings/i2c/i2c.h`.
  private static let ownAddress: UInt32 = 1 << 30
  private static let tenBits: UInt32 = 1 << 31

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for bus in context.i2cBuses {
      for child in tree.children(bus) {
        guard let reg = tree.property(child, .reg), let first = tree.cell(reg, 0) else {
          findings.report(
            "a device on an I2C bus has a `reg`", at: child,
            help: "write its address, or move what has none out of the bus")
          continue
        }
        let address = first & ~ownAddress
        if !tree.unitAddressIs(child, UInt64(address)) {
          let name = tree.baseName(child) + "@" + String(address, radix: 16)
          findings.report(
            "the device's address is \(hex(address)), and its name says otherwise", at: child,
            help: "call it `\(name)`, or mend `reg`",
            fix: Fix(.risky, "call it `\(name)`", .rename(node: tree.path(child), to: name)))
        }
        checkAddresses(child, reg, tree, &findings)
      }
    }
  }

  private static func checkAddresses(
    _ node: NodeID, _ reg: PropertyID, _ tree: FlatTree, _ findings: inout Findings
  ) {
    // No chip answers to more; a `reg` that is longer is not worth a finding for each cell.
    for index in 0..<min(tree.cellCount(reg), 64) {
      guard let cell = tree.cell(reg, index) else { return }
      let address = cell & ~ownAddress
      if address & tenBits != 0 {
        guard address & ~tenBits > 0x3FF else { continue }
        findings.report(
          "\(hex(address & ~tenBits)) is more than ten bits", at: node, reg,
          help: "the largest address of ten bits is 0x3ff")
      } else if address > 0x7F {
        findings.report(
          "\(hex(address)) is more than seven bits", at: node, reg,
          help: "leave the bit for reading out (\(hex(address >> 1))), or set bit 31 for ten bits")
      }
    }
  }
}
