import DeviceTree
import Diagnostics
import Measures

/// dom0's grant table on RAM.
enum GnttabInRAM: TreeRule {
  static let card = RuleCard(
    id: "gnttab-in-ram", family: .hypervisor, severity: .error,
    summary: "the place where this Xen puts dom0's grant table is RAM",
    why: """
      Xen before 4.6 maps dom0's grant table at a fixed address, 0xb0000000 in 4.3, one for each
      platform in 4.4 and 4.5 (the chip's file has it; without `--board` and a known chip the rule
      speaks only for 4.3). Where a board has RAM there, dom0 loses what it keeps in it as soon as a
      guest's disk or network starts.
      """,
    context: .xen, after: ["a20-gnttab-43"],
    source: "Xen 4.3 xen/arch/arm/domain_build.c, make_hypervisor_node; 4.4 platform_dom0_gnttab",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 {
            device_type = "memory";
            «reg» = <0x40000000 0x80000000>;
          };
        };
        """, for: .xen("4.3"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 {
            device_type = "memory";
            reg = <0x40000000 0x40000000>;
          };
        };
        """, for: .xen("4.3")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 {
            device_type = "memory";
            reg = <0x40000000 0x80000000>;
          };
        };
        """, for: .xen("4.6")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let region = context.grantTable else { return }
    for bank in context.memory where bank.range.overlaps(region) {
      findings.report(
        "Xen \(context.xen) puts dom0's grant table at \(region), which is RAM (\(bank.range))",
        at: bank.node, bank.property,
        help: "use Xen 4.6 or newer, or keep the RAM below \(region.start)")
    }
  }
}
