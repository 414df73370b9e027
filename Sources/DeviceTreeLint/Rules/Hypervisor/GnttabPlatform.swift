import DeviceTree
import Diagnostics
import Measures

/// A grant table that belongs to another platform.
enum GnttabPlatform: TreeRule {
  static let card = RuleCard(
    id: "gnttab-platform", family: .hypervisor, severity: .info,
    summary: "the tree's `/hypervisor` has not the grant table of this chip and this Xen",
    why: """
      Xen before 4.6 has a fixed grant table address for each platform, and writes it into dom0's
      tree itself. A tree that brings another one was made for another chip or another version;
      whatever else relies on that address is wrong as well. The expected address comes from the
      chip's file.
      """,
    context: .xen,
    source: "Xen 4.4 and 4.5 xen/arch/arm/platforms, dom0_gnttab_start",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          hypervisor {
            compatible = "xen,xen-4.3", "xen,xen";
            «reg» = <0x1d00000 0x20000>;
          };
        };
        """, for: .xen("4.3"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          hypervisor {
            compatible = "xen,xen-4.3", "xen,xen";
            reg = <0xb0000000 0x20000>;
          };
        };
        """, for: .xen("4.3"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let expected = context.grantTable, let node = context.hypervisor,
      let property = context.tree.property(node, .reg), let pair = context.reg(node).first,
      let found = pair.range, found != expected
    else { return }
    findings.report(
      "the grant table is at \(found) here; Xen \(context.xen) has it at \(expected) on this chip",
      at: node, property, help: "leave the node to Xen")
  }
}
