import Boards
import DeviceTree
import Diagnostics
import Measures

/// A UART for a guest, in the page of Xen's own.
enum A20UARTPage: TreeRule {
  static let card = RuleCard(
    id: "a20-uart-page", family: .soc, severity: .warning,
    summary: "a UART that goes to a guest shares a page with Xen's console",
    why: """
      Memory is handed out by pages of 4 KiB, and this chip has four UARTs in each: a guest
      that gets one of them can write to Xen's console, and switch it off. UART4 to UART7 have
      a page of their own.
      """,
    context: .xen,
    source: "Xen commit 601ac1e216; xen/arch/arm/platforms/sunxi.c; sun7i-a20.dtsi",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          aliases { serial0 = "/serial@1c28000"; };
          chosen { xen,xen-bootargs = "console=dtuart dtuart=serial0"; };
          serial@1c28000 {
            compatible = "snps,dw-apb-uart";
            reg = <0x1c28000 0x400>;
          };
          serial@1c28800 {
            compatible = "snps,dw-apb-uart";
            reg = <0x1c28800 0x400>;
            «xen,passthrough»;
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          aliases { serial0 = "/serial@1c28000"; };
          chosen { xen,xen-bootargs = "console=dtuart dtuart=serial0"; };
          serial@1c28000 {
            compatible = "snps,dw-apb-uart";
            reg = <0x1c28000 0x400>;
          };
          serial@1c29000 {
            compatible = "snps,dw-apb-uart";
            reg = <0x1c29000 0x400>;
            xen,passthrough;
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let uart = context.soc?.uart, let console = context.consoleNode,
      let own = context.translatedReg(console).first
    else { return }
    let tree = context.tree
    for node in tree.allNodes {
      guard node != console, let property = tree.property(node, .xenPassthrough),
        context.isCompatible(node, withOneOf: [uart.compatible]),
        let given = context.translatedReg(node).first,
        given.start.roundedDown(to: 0x1000) == own.start.roundedDown(to: 0x1000)
      else { continue }
      findings.report(
        "the guest gets the page \(own.start.roundedDown(to: 0x1000)), and with it Xen's console, "
          + tree.path(console),
        at: node, property, help: "pass a UART of the other page, or move Xen's console")
    }
  }
}
