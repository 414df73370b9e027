import BootImages
import DeviceTree
import Diagnostics

/// Nothing that Xen takes for its command line.
enum XenCmdlinePresent: TreeRule {
  static let card = RuleCard(
    id: "xen-cmdline-present", family: .chosen, severity: .error,
    summary: "Xen gets no command line",
    why: """
      Xen takes `xen,xen-bootargs`; `bootargs` is its own only where `xen,dom0-bootargs` or the
      `bootargs` of dom0's kernel module stand beside it, else it is dom0's. Without a line Xen has
      dom0's memory at its default, and no console unless `stdout-path` names one (since 4.6; then
      this is a warning): not one byte comes out.
      """,
    context: .xen, evidence: .silence(version: "4.17.5"), after: ["xen-unused-props"],
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, boot_fdt_cmdline",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            «bootargs» = "console=hvc0 root=/dev/mmcblk0p2";
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        "/ {\n  «chosen» { stdout-path = \"serial0:115200n8\"; };\n};", for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M";
            bootargs = "console=hvc0 root=/dev/mmcblk0p2";
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            bootargs = "dtuart=serial0 dom0_mem=512M";
            xen,dom0-bootargs = "console=hvc0 root=/dev/mmcblk0p2";
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        "/ { chosen { bootargs = \"dtuart=serial0 dom0_mem=512M\"; }; };", for: .xen("4.3")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let chosen = context.chosen, context.commandLines.xen == nil else { return }
    let tree = context.tree
    let bootargs = tree.property(chosen, .bootargs)
    var message =
      bootargs == nil
      ? "nothing in `/chosen` is a command line for Xen"
      : "`bootargs` alone is dom0's command line, and Xen gets none"
    message += hasConsole(context) ? "" : ": it has no console and prints nothing"
    let name = context.xen < XenVersion(major: 4, minor: 4) ? "bootargs" : "xen,xen-bootargs"
    findings.report(
      message, at: chosen, bootargs,
      severity: severity(context),
      help: "add `\(name)` with `dtuart=` and `dom0_mem=`; where the boot script does so, lint the"
        + " tree that it makes")
  }

  private static func hasConsole(_ context: LintContext) -> Bool {
    if case .named = context.console { true } else { false }
  }

  /// Without arguments and without a console nothing is ever seen of Xen.
  static func severity(_ context: LintContext) -> Severity {
    context.mentionsXen && !hasConsole(context) ? .error : .warning
  }
}
