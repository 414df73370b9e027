import DeviceTree
import Diagnostics

/// dom0 talks to a UART that it does not get.
enum Dom0ConsoleHVC0: TreeRule {
  static let card = RuleCard(
    id: "dom0-console-hvc0", family: .chosen, severity: .warning,
    summary: "dom0's command line lacks `console=hvc0` while Xen has the UART",
    why: """
      Xen keeps the UART of its console for itself (on Allwinner's chips all of that kind, since
      they share a page) and lends dom0 its console as `hvc0`. A kernel that waits for `ttyS0`
      boots without a word. Words behind `--` are not the kernel's.
      """,
    context: .xen,
    evidence: .seen("Hardware Dom0 halted: halting machine", version: "4.17.5"),
    source: "Xen xen/drivers/char/ns16550.c, dt_device_set_used_by; platforms/sunxi.c",
    bad: [
      RuleExample(
        """
        / {
          aliases { serial0 = "/serial@1c28000"; };
          chosen {
            xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M";
            «xen,dom0-bootargs» = "console=ttyS0,115200 root=/dev/mmcblk0p2";
          };
          serial@1c28000 { compatible = "snps,dw-apb-uart"; };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          aliases { serial0 = "/serial@1c28000"; };
          chosen {
            xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M";
            xen,dom0-bootargs = "console=tty0 console=hvc0 root=/dev/mmcblk0p2";
          };
          serial@1c28000 { compatible = "snps,dw-apb-uart"; };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            xen,xen-bootargs = "console=none dom0_mem=512M";
            xen,dom0-bootargs = "console=ttyAMA0";
          };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.isDom0less, context.consoleNode != nil else { return }
    guard let line = context.commandLines.dom0 else {
      guard let kernel = context.modules.first(where: { $0.kind == .kernel }) else { return }
      findings.report(
        "dom0 gets no command line, and so no `console=hvc0`; Xen has the UART", at: kernel.node,
        help: "add `bootargs` with `console=hvc0`")
      return
    }
    let isThere = line.values("console").contains { $0.prefix { $0 != "," } == "hvc0" }
    guard !isThere else { return }
    let other = line.value("console").map { "`console=\($0)`" } ?? "no `console=`"
    findings.report(
      "dom0 has \(other), and Xen keeps the UART: nothing of dom0 is seen", at: line.node,
      line.property, help: "add `console=hvc0` to dom0's command line")
  }
}
