import BootImages
import DeviceTree
import Diagnostics

/// A module where Xen does not look for any.
enum ModuleDepth: TreeRule {
  static let card = RuleCard(
    id: "module-depth", family: .layout, severity: .error,
    summary: "a module stands where Xen does not look for any",
    why: """
      Since 4.12 Xen takes modules only below `/chosen`: its children, and those of its children.
      Elsewhere, or deeper, they are ignored without a word: the kernel is missing, or dom0 has no
      ramdisk. `/chosen/modules/…` is well; `/modules` was, before 4.12.
      """,
    context: .xen,
    evidence: .seen("Missing kernel boot module?", version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, early_scan_node and process_multiboot_node",
    bad: [
      RuleExample(
        """
        / {
          chosen { };
          modules {
            #address-cells = <1>; #size-cells = <1>;
            «module@44000000» {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            modules {
              dom0 {
                #address-cells = <1>; #size-cells = <1>;
                «module@44000000» {
                  compatible = "multiboot,kernel", "multiboot,module";
                  reg = <0x44000000 0x600000>;
                };
              };
            };
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            modules {
              #address-cells = <1>; #size-cells = <1>;
              module@44000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0x44000000 0x600000>;
              };
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen { };
          modules {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "xen,linux-zimage", "xen,multiboot-module";
              reg = <0x44000000 0x600000>;
            };
          };
        };
        """, for: .xen("4.4")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 12) else { return }
    let tree = context.tree
    for module in context.moduleNodes where module.isGeneric {
      let isBelow = context.chosen.map { tree.isInside(module.node, $0) } == true
      guard !isBelow || tree.depth(module.node) > 3 else { continue }
      findings.report(
        isBelow
          ? "Xen ignores the module: it lies \(tree.depth(module.node)) nodes deep, more than 3"
          : "Xen ignores the module: it is not below `/chosen`",
        at: module.node, help: "move the node to `/chosen`")
    }
  }
}
