import DeviceTree
import Diagnostics

/// Modules that the EFI stub does not see.
enum LegacyNamesUEFI: TreeRule {
  static let card = RuleCard(
    id: "legacy-names-uefi", family: .chosen, severity: .error,
    summary: "a module has only the old names, which Xen's EFI stub does not know",
    why: """
      Started by UEFI, Xen looks for `multiboot,module`, and does not take `xen,multiboot-module`
      for a module: it goes on to its config file, or stops for want of one. That UEFI starts Xen
      is taken from `linux,uefi-system-table` in `/chosen`, from properties that only the stub
      reads (`xen,uefi-binary`, `xen,uefi-cfg-load`), or from a boot script that sets a variable
      to a command with `bootefi`.
      """,
    context: .xen,
    source: "Xen docs/misc/arm/device-tree/booting.txt; xen/arch/arm/efi/efi-boot.h",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            linux,uefi-system-table = <0 0x7df0018>;
            module@44000000 {
              «compatible» = "xen,linux-zimage", "xen,multiboot-module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            module@44000000 {
              «compatible» = "xen,linux-zimage", "xen,multiboot-module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17",
          environment: ["bootcmd": "load mmc 0 $kernel_addr_r xen.efi; bootefi $kernel_addr_r"])
      ),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            linux,uefi-system-table = <0 0x7df0018>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            module@44000000 {
              compatible = "xen,linux-zimage", "xen,multiboot-module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.modules.isEmpty, context.isForUEFI else { return }
    let tree = context.tree
    for module in context.modules {
      guard let compatible = tree.property(module.node, .compatible),
        !tree.lists(compatible, "multiboot,module")
      else { continue }
      findings.report(
        "UEFI starts Xen, whose EFI stub does not see a module without `multiboot,module`",
        at: module.node, compatible, help: "add the new names beside the old ones",
        fix: LegacyNames.fix(tree, module.node, compatible))
    }
  }
}
