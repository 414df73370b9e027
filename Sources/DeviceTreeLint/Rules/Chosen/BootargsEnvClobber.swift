import DeviceTree
import Diagnostics

/// `bootargs` that U-Boot replaces.
enum BootargsEnvClobber: TreeRule {
  static let card = RuleCard(
    id: "bootargs-env-clobber", family: .chosen, severity: .warning,
    summary: "U-Boot replaces the `bootargs` of the tree by its variable of that name",
    why: """
      Just before it starts Xen, U-Boot writes its variable `bootargs`, where there is one, over
      `/chosen/bootargs`: whoever was to get the tree's line gets the other. What the environment
      holds by then is known from the file that `--environment` names.
      """,
    context: .xen,
    source: "U-Boot boot/fdt_support.c, fdt_chosen",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M";
            «bootargs» = "console=hvc0 root=/dev/mmcblk0p2";
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", environment: ["bootargs": "console=ttyS0,115200 root=/dev/mmcblk0p1"]))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M";
            xen,dom0-bootargs = "console=hvc0 root=/dev/mmcblk0p2";
            bootargs = "earlyprintk";
          };
        };
        """,
        for: RuleExample.Target(xen: "4.17", environment: ["bootargs": "console=ttyS0,115200"])),
      RuleExample(
        """
        / {
          chosen {
            xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M";
            bootargs = "console=hvc0 root=/dev/mmcblk0p2";
          };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    // `setenv` without a value takes a variable away.
    guard let value = context.target.environment["bootargs"], !value.isEmpty,
      let chosen = context.chosen, let property = context.tree.property(chosen, .bootargs)
    else { return }
    let lines = context.commandLines
    for (line, reader) in [(lines.xen, "Xen"), (lines.dom0, "dom0")] {
      guard let line, line.property == property, line.text != value else { continue }
      let name = reader == "Xen" ? "xen,xen-bootargs" : "xen,dom0-bootargs"
      findings.report(
        "the boot script sets `bootargs`: \(reader) gets that, not this line", at: chosen, property,
        help: "write the line as `\(name)`, which U-Boot leaves alone, or `setenv bootargs`")
    }
  }
}
