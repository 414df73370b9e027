import BootImages
import DeviceTree
import Diagnostics

/// No UART for Xen to talk through.
enum XenConsole: TreeRule {
  static let card = RuleCard(
    id: "xen-console", family: .chosen, severity: .warning,
    summary: "Xen's command line leaves it without a console",
    why: """
      Unless told otherwise Xen takes the UART of `dtuart=`, since 4.6 else that of `stdout-path`.
      With neither, or with a `console=` that does not list `dtuart`, it says nothing at all,
      early failures included. (`console=dtuart` itself need not be written: it is the default.)
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    source: "Xen xen/drivers/char/console.c, console_has; uart-init.c, dt_uart_init",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            «xen,xen-bootargs» = "dom0_mem=512M";
            bootargs = "console=hvc0";
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            stdout-path = "/serial@1c28000:115200n8";
            «xen,xen-bootargs» = "console=com1 dom0_mem=512M";
          };
          serial@1c28000 { compatible = "snps,dw-apb-uart"; };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            stdout-path = "/serial@1c28000";
            «xen,xen-bootargs» = "console=dtuart dom0_mem=512M";
          };
          serial@1c28000 { compatible = "snps,dw-apb-uart"; };
        };
        """, for: .xen("4.4")),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen { xen,xen-bootargs = "dtuart=/serial@1c28000 dom0_mem=512M"; };
          serial@1c28000 { compatible = "snps,dw-apb-uart"; };
        };
        """, for: .xen("4.4")),
      RuleExample(
        """
        / {
          chosen {
            stdout-path = "/serial@1c28000:115200n8";
            xen,xen-bootargs = "console=dtuart,com1 dom0_mem=512M";
          };
          serial@1c28000 { compatible = "snps,dw-apb-uart"; };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let line = context.commandLines.xen else { return }
    switch context.console {
    case .named: return
    case .off(let option):
      findings.report(
        "`console=\(option)` names no console that Xen has on ARM", at: line.node, line.property,
        help: "write `console=dtuart`, or leave it out")
    case .unnamed:
      let hasStdoutPath = context.chosen.map { context.tree.has($0, .stdoutPath) } == true
      let isOld = context.xen < XenVersion(major: 4, minor: 6)
      findings.report(
        hasStdoutPath && isOld
          ? "Xen \(context.xen) does not read `stdout-path`, and `dtuart=` is not given"
          : "neither `dtuart=` nor `stdout-path` names a UART for Xen",
        at: line.node, line.property,
        help: "add `dtuart=` with an alias or a path: `dtuart=serial0`")
    }
  }
}
