import BootImages
import DeviceTree
import Diagnostics
import Measures

/// RAM where Xen 4.3 keeps the grant table.
enum A20Gnttab43: TreeRule {
  static let card = RuleCard(
    id: "a20-gnttab-43", family: .soc, severity: .error,
    summary: "Xen 4.3 puts dom0's grant table into RAM",
    why: """
      Xen 4.3 has one address for the grant table of every board, 0xb0000000. A board with 2
      GiB has RAM there (one with 1 GiB has not): whatever lies in it is overwritten, and Xen
      or a guest falls over much later.
      """,
    context: .xen,
    source: "Xen 4.3 xen/arch/arm/domain_build.c; the chip in Boards/soc",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          memory {
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
          compatible = "allwinner,sun7i-a20";
          memory {
            device_type = "memory";
            reg = <0x40000000 0x40000000>;
          };
        };
        """, for: .xen("4.3")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          memory {
            device_type = "memory";
            reg = <0x40000000 0x80000000>;
          };
        };
        """, for: .xen("4.4")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen < XenVersion(major: 4, minor: 4), context.soc != nil,
      let region = context.grantTable
    else { return }
    for bank in context.memory where bank.range.overlaps(region) {
      findings.report(
        "Xen \(context.xen) puts dom0's grant table at \(region), in this bank of RAM",
        at: bank.node, bank.property, help: "boot Xen 4.4 or newer"
      )
    }
  }
}
