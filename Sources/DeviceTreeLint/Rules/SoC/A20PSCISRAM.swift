import Boards
import DeviceTree
import Diagnostics
import Measures

/// The secure monitor's memory, given to whoever wants some.
enum A20PSCISRAM: TreeRule {
  static let card = RuleCard(
    id: "a20-psci-sram", family: .soc, severity: .error,
    summary: "an SRAM node hands out the memory of the secure monitor",
    why: """
      U-Boot leaves its PSCI code in SRAM B, where it starts and stops processors for Linux
      and Xen. A node that offers this memory as SRAM lets a driver write there: an abort
      where U-Boot has made it secure, else a second processor that starts into nothing.
      """,
    source: "ARMV7_SECURE_BASE in u-boot-sunxi's config.Cubietruck; linux-sunxi's page on SRAM",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          sram@20000 {
            compatible = "mmio-sram";
            «reg» = <0x20000 0x10000>;
          };
        };
        """)
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          sram@10000 {
            compatible = "mmio-sram";
            reg = <0x10000 0x1000>;
          };
        };
        """),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          sram@20000 {
            compatible = "mmio-sram";
            reg = <0x20000 0x10000>;
            status = "disabled";
          };
        };
        """),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let range = context.soc?.psci?.range else { return }
    for node in context.tree.allNodes where context.isEnabled(node) {
      guard context.tree.isCompatible(node, "mmio-sram"),
        let own = context.translatedReg(node).first(where: { $0.overlaps(range) })
      else { continue }
      findings.report(
        "this node offers \(own), where U-Boot's PSCI code lies (\(range))", at: node,
        context.tree.property(node, .reg), help: "take the node out")
    }
  }
}
