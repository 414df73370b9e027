import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum DMARangesFormat: RangesRule {
  static let card = RuleCard(
    id: "dma_ranges_format", family: .dtc, severity: .warning,
    summary: "`dma-ranges` is no whole number of entries",
    why: """
      `dma-ranges` tells devices of a bus how they see memory. Where it does not fit the cells on
      both sides, Linux takes it for an identity or refuses it: a device writes to memory that is
      not meant, or does nothing.
      """,
    after: ["addr_size_cells"],
    source: "dtc checks.c, check_ranges_format; Devicetree Specification v0.4, section 2.3.9",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        soc {
          #address-cells = <1>; #size-cells = <1>;
          «dma-ranges» = <0x0 0x40000000>;
        };
      };
      """
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        soc {
          #address-cells = <1>; #size-cells = <1>;
          dma-ranges = <0x0 0x40000000 0x40000000>;
        };
      };
      """
    ])

  static let names: [KnownName] = [.dmaRanges]
}
