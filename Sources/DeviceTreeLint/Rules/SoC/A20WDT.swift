import Boards
import BootImages
import DeviceTree
import Diagnostics

/// A tree without the watchdog that Xen resets the board by.
enum A20WDT: TreeRule {
  static let card = RuleCard(
    id: "a20-wdt", family: .soc, severity: .warning,
    summary: "the tree has no watchdog that Xen could reset the board by",
    why: """
      Xen reboots this chip by letting its watchdog run out, and since 4.10 finds it by the
      tree. Without the node `reboot` and a crash end in a board that does nothing until
      somebody pulls the plug. Its `status` does not matter to Xen.
      """,
    context: .xen,
    source: "Xen xen/arch/arm/platforms/sunxi.c, sunxi_reset",
    bad: [
      RuleExample(
        """
        «/» {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          model = "A board";
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          watchdog@1c20c90 {
            compatible = "allwinner,sun4i-a10-wdt";
            reg = <0x1c20c90 0x10>;
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          model = "A board";
        };
        """, for: .xen("4.9")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 10), let names = context.soc?.xen?.watchdogs,
      !names.isEmpty,
      !context.tree.allNodes.contains(where: { context.isCompatible($0, withOneOf: names) })
    else { return }
    findings.report(
      "no node is compatible with \(names.joined(separator: " or ")), so that `reboot` does nothing",
      at: .root, help: "add the watchdog's node from the chip's own .dtsi")
  }
}
