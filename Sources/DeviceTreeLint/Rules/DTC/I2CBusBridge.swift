import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum I2CBusBridge: TreeRule {
  static let card = RuleCard(
    id: "i2c_bus_bridge", family: .dtc, severity: .warning,
    summary: "an I2C bus does not count its devices in one cell",
    why: """
      A device on I2C has an address of seven or ten bits and no size: `#address-cells` is 1 and
      `#size-cells` is 0. Otherwise each `reg` on the bus is read wrongly, and no chip answers.
      """,
    after: ["addr_size_cells"],
    source: "dtc checks.c, check_i2c_bus_bridge; Linux i2c-controller.yaml",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «i2c@1c2ac00» {
          reg = <0x1c2ac00 0x400>;
          #address-cells = <1>; #size-cells = <1>;
          pmic@34 { reg = <0x34 1>; };
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
        };
      };
      """
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for bus in context.i2cBuses where context.tree.hasChildren(bus) {
      let cells = context.dtcCells(bus)
      if cells.address != 1 {
        findings.report("`#address-cells` of an I2C bus is 1, not \(cells.address)", at: bus)
      }
      if cells.size != 0 {
        findings.report("`#size-cells` of an I2C bus is 0, not \(cells.size)", at: bus)
      }
    }
  }
}
