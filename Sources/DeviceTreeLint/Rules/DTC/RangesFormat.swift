import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum RangesFormat: RangesRule {
  static let card = RuleCard(
    id: "ranges_format", family: .dtc, severity: .warning,
    summary: "`ranges` is no whole number of entries",
    why: """
      `ranges` maps the addresses of a bus to those around it; empty, it says that they are the
      same. Where it does not fit the cells on both sides, no device of the bus has an address for
      the processor, and each driver fails in its own way.
      """,
    after: ["addr_size_cells"],
    source: "dtc checks.c, check_ranges_format; Devicetree Specification v0.4, section 2.3.8",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        soc {
          #address-cells = <1>; #size-cells = <1>;
          «ranges» = <0x0 0x10000000>;
        };
      };
      """,
      """
      / {
        #address-cells = <2>; #size-cells = <1>;
        soc {
          #address-cells = <1>; #size-cells = <1>;
          «ranges»;
        };
      };
      """,
    ],
    good: [
      """
      / {
        #address-cells = <2>; #size-cells = <1>;
        soc {
          #address-cells = <1>; #size-cells = <1>;
          ranges = <0x0 0x0 0x10000000 0x1000>;
        };
      };
      """
    ])

  static let names: [KnownName] = [.ranges]
}
