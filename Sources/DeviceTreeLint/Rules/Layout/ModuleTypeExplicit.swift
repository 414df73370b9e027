import BootImages
import DeviceTree
import Diagnostics

/// A module whose kind Xen has to guess.
enum ModuleTypeExplicit: TreeRule {
  static let card = RuleCard(
    id: "module-type-explicit", family: .layout, severity: .warning,
    summary: "a module does not say what it is, and Xen guesses by the order of the nodes",
    why: """
      The first module without a kind is taken for a kernel, the second for a ramdisk, later ones for
      nothing. Xen counts over the whole tree, guests included, so that a module of a guest shifts
      dom0's; and a stray one that it takes for dom0's kernel starts a dom0 where there should be
      guests only. U-Boot's `fdt mknod` puts each new node before its elder sisters.
      """,
    context: .xen,
    evidence: .seen("Could not set up DOM0 guest OS", version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, process_multiboot_node",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@46000000 {
              «compatible» = "multiboot,module";
              reg = <0x46000000 0x100000>;
            };
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
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
            #address-cells = <1>; #size-cells = <1>;
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x100000>;
            };
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    // Older ones do not guess, but panic.
    guard context.xen >= XenVersion(major: 4, minor: 5) else { return }
    // Of guests' modules Xen wants to be told, and another rule says so.
    for module in context.modules where module.isGuessed && module.domain == nil {
      let guess =
        switch module.kind {
        case .kernel: "takes it for a kernel"
        case .ramdisk: "takes it for a ramdisk"
        case .policy: "takes it for an XSM policy, by its first bytes"
        case .tree, .unknown: "has no use for it"
        }
      findings.report(
        "the module does not say what it is; by the order of the nodes Xen \(guess)",
        at: module.node, context.tree.property(module.node, .compatible),
        help: "add \"multiboot,kernel\" or \"multiboot,ramdisk\" before \"multiboot,module\"")
    }
  }
}
