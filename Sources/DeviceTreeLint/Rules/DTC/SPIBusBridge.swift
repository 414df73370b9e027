import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum SPIBusBridge: TreeRule {
  static let card = RuleCard(
    id: "spi_bus_bridge", family: .dtc, severity: .warning,
    summary: "an SPI bus is not called `spi`, or does not count its devices in one cell",
    why: """
      A device on SPI has the number of its chip select and no size: `#address-cells` is 1 (0 where
      the controller is a slave) and `#size-cells` is 0. Otherwise each `reg` on the bus is read
      wrongly, and Linux finds no chip select for the device.
      """,
    after: ["addr_size_cells"],
    source: "dtc checks.c, check_spi_bus_bridge; Linux spi-controller.yaml",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «spi@1c05000» {
          reg = <0x1c05000 0x1000>;
          #address-cells = <1>; #size-cells = <1>;
          flash@0 { reg = <0 1>; };
        };
        «bus@1c06000» {
          reg = <0x1c06000 0x1000>;
          #address-cells = <1>; #size-cells = <0>;
          flash@0 { reg = <0>; spi-max-frequency = <1000000>; };
        };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        spi@1c05000 {
          reg = <0x1c05000 0x1000>;
          #address-cells = <1>; #size-cells = <0>;
          flash@0 { reg = <0>; spi-max-frequency = <1000000>; };
        };
      };
      """
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for bus in context.spiBuses {
      if !tree.baseNameIs(bus, "spi"), tree.has(bus, .reg) {
        findings.report(
          "the node has devices with properties of SPI, and is not called `spi`", at: bus,
          help: "call it `spi`")
      }
      guard tree.hasChildren(bus) else { continue }
      let cells = context.dtcCells(bus)
      let wanted: Int32 = tree.has(bus, .spiSlave) ? 0 : 1
      if cells.address != wanted {
        findings.report(
          "`#address-cells` of an SPI bus is \(wanted) here, not \(cells.address)", at: bus)
      }
      if cells.size != 0 {
        findings.report("`#size-cells` of an SPI bus is 0, not \(cells.size)", at: bus)
      }
    }
  }
}
