import BootImages
import DeviceTree
import Diagnostics

/// A ramdisk's module that Xen does not come to use.
enum ModuleShadowedInitrd: TreeRule {
  static let card = RuleCard(
    id: "module-shadowed-initrd", family: .layout, severity: .error,
    summary: "`linux,initrd-start` takes the place of dom0's ramdisk module",
    why: """
      Xen meets the properties of `/chosen` before its children, and gives dom0 the first ramdisk that
      it has met, even where the properties point at junk. It says nothing of the module. The
      properties are left over from a boot without Xen, or U-Boot's `bootz` wrote them for a ramdisk
      of its own.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, process_chosen_node;"
      + " xen/common/device-tree/bootinfo.c, boot_module_find_by_kind",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            «linux,initrd-start» = <0x47000000>;
            linux,initrd-end = <0x47100000>;
            #address-cells = <1>; #size-cells = <1>;
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x100000>;
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
            linux,initrd-start = <0x46000000>;
            linux,initrd-end = <0x46100000>;
            #address-cells = <1>; #size-cells = <1>;
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x100000>;
            };
          };
        };
        """, for: .xen("4.17")),
      // In 4.4 the module wins.
      RuleExample(
        """
        / {
          chosen {
            linux,initrd-start = <0x47000000>;
            linux,initrd-end = <0x47100000>;
            #address-cells = <1>; #size-cells = <1>;
            module@46000000 {
              compatible = "xen,linux-initrd", "xen,multiboot-module";
              reg = <0x46000000 0x100000>;
            };
          };
        };
        """, for: .xen("4.4")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 5), let chosen = context.chosen,
      let pair = context.twoRamdisks, pair.module.node > chosen
    else { return }
    findings.report(
      "Xen gives dom0 the ramdisk at \(pair.initrd), and not"
        + " \(context.tree.path(pair.module.node))",
      at: chosen, pair.property,
      help: "take linux,initrd-start and linux,initrd-end out, and give `bootz` no ramdisk (`-`)",
      fix: Fix(
        .risky, "take linux,initrd-start out",
        .remove(node: context.tree.path(chosen), property: "linux,initrd-start")))
  }
}
