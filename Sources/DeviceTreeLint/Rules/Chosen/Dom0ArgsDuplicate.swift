import BootImages
import DeviceTree
import Diagnostics

/// Two command lines for dom0.
enum Dom0ArgsDuplicate: TreeRule {
  static let card = RuleCard(
    id: "dom0-args-duplicate", family: .chosen, severity: .warning,
    summary: "dom0 has two command lines that differ",
    why: """
      Since Xen 4.4 `xen,dom0-bootargs` wins over the `bootargs` of the kernel's module; in 4.3 the
      module won. Whoever edits the other one edits nothing.
      """,
    context: .xen, evidence: .tolerated(version: "4.17.5"),
    source: "Xen xen/arch/arm/domain_build.c, write_properties",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M";
            xen,dom0-bootargs = "console=hvc0 root=/dev/mmcblk0p2";
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «bootargs» = "console=hvc0 root=/dev/sda1";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M";
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              bootargs = "console=hvc0 root=/dev/sda1";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let lines = context.commandLines
    guard let ofKernel = lines.ofKernel, let forDom0 = lines.forDom0, ofKernel.text != forDom0.text
    else { return }
    let moduleWins = context.xen < XenVersion(major: 4, minor: 4)
    let loser = moduleWins ? forDom0 : ofKernel
    findings.report(
      moduleWins
        ? "Xen \(context.xen) gives dom0 the module's `bootargs`, not this line"
        : "dom0 gets `xen,dom0-bootargs`, not this line", at: loser.node, loser.property,
      help: "keep one of the two")
  }
}
