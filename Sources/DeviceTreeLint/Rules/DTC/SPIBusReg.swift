import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum SPIBusReg: TreeRule {
  static let card = RuleCard(
    id: "spi_bus_reg", family: .dtc, severity: .warning,
    summary: "a device on an SPI bus has no chip select, or is not called after it",
    why: """
      `reg` is the number of the chip select that the device hangs on. Where the name says another,
      one of the two is wrong; with the wrong chip select the device never answers.
      """,
    after: ["reg_format", "spi_bus_bridge"],
    source: "dtc checks.c, check_spi_bus_reg; Linux spi-controller.yaml",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        spi@1c05000 {
          reg = <0x1c05000 0x1000>;
          #address-cells = <1>; #size-cells = <0>;
          «flash@1» { reg = <0>; };
          «display» { };
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
          flash@0 { reg = <0>; };
        };
        spi@1c06000 {
          reg = <0x1c06000 0x1000>;
          #address-cells = <0>; #size-cells = <0>; spi-slave;
          slave { };
        };
      };
      """
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for bus in context.spiBuses where !tree.has(bus, .spiSlave) {
      for child in tree.children(bus) {
        guard let reg = tree.property(child, .reg), let number = tree.cell(reg, 0) else {
          findings.report(
            "a device on an SPI bus has a `reg`", at: child,
            help: "write its chip select, or move what has none out of the bus")
          continue
        }
        guard !tree.unitAddressIs(child, UInt64(number)) else { continue }
        let name = tree.baseName(child) + "@" + String(number, radix: 16)
        findings.report(
          "the device's chip select is \(number), and its name says otherwise", at: child,
          help: "call it `\(name)`, or mend `reg`",
          fix: Fix(.risky, "call it `\(name)`", .rename(node: tree.path(child), to: name)))
      }
    }
  }
}
