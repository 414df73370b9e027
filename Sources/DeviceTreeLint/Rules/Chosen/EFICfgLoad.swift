import BootImages
import DeviceTree
import Diagnostics

/// A config file for Xen's EFI stub that it passes by.
enum EFICfgLoad: TreeRule {
  static let card = RuleCard(
    id: "efi-cfg-load", family: .chosen, severity: .info,
    summary: "Xen's EFI stub does not read its config file, since the tree has modules",
    why: """
      With a `multiboot,module` in the tree, the stub takes everything from the tree. Only
      `xen,uefi-cfg-load` in `/chosen` makes it read the file as well; Xen before 4.16 has no such
      switch. That UEFI starts Xen is known as for `legacy-names-uefi`; that there is a config file,
      from the loaded files (one named `.cfg`, or with a section `[global]`), or from a `-cfg=` in a
      variable that the boot script sets.
      """,
    context: .xen,
    source: "Xen docs/misc/efi.pandoc; xen/arch/arm/efi/efi-boot.h, efi_arch_use_config_file",
    bad: [
      RuleExample(
        """
        / {
          «chosen» {
            linux,uefi-system-table = <0 0x7df0018>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17",
          files: [
            RuleExample.File(address: 0x4800_0000, bytes: Array("[global]\ndefault=xen\n".utf8))
          ]
        ))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            linux,uefi-system-table = <0 0x7df0018>;
            xen,uefi-cfg-load;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", environment: ["bootargs": "-cfg=board.cfg"]))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    guard let chosen = context.chosen, context.isForUEFI,
      context.modules.contains(where: { tree.isCompatible($0.node, "multiboot,module") }),
      hasConfigFile(context.target)
    else { return }
    let isOld = context.xen < XenVersion(major: 4, minor: 16)
    guard isOld || !tree.has(chosen, .xenUEFIConfigLoad) else { return }
    findings.report(
      "the tree has modules, so Xen's EFI stub does not read its config file", at: chosen,
      help: isOld
        ? "say it in the tree: Xen \(context.xen) cannot read both"
        : "add `xen,uefi-cfg-load;` to `/chosen`, or do without the file")
  }

  private static func hasConfigFile(_ target: LintTarget) -> Bool {
    target.loaded.contains { file in
      file.name.hasSuffix(".cfg")
        || String(decoding: file.bytes.prefix(4096), as: UTF8.self).contains("[global]")
    } || target.environment.values.contains { $0.contains("-cfg=") }
  }
}
