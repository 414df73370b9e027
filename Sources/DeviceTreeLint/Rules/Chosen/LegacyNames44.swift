import BootImages
import DeviceTree
import Diagnostics

/// Modules without the names that the first versions know.
enum LegacyNames44: TreeRule {
  static let card = RuleCard(
    id: "legacy-names-44", family: .chosen, severity: .error,
    summary: "a module lacks the names that Xen before 4.5 knows",
    why: """
      Xen 4.3 and 4.4 look for `xen,multiboot-module`; a module without it is not seen. One with
      it has to be `xen,linux-zimage` or `xen,linux-initrd` as well, else they panic with "not a
      known xen multiboot type". The old names may stand beside the new ones, which serves every
      version.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen 4.3 and 4.4 xen/common/device_tree.c, process_multiboot_node",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            module@44000000 {
              «compatible» = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.4")),
      RuleExample(
        """
        / {
          chosen {
            module@44000000 {
              «compatible» = "xen,multiboot-module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.3")),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module",
                "xen,linux-zimage", "xen,multiboot-module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.4")),
      RuleExample(
        """
        / {
          chosen {
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.5")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen < XenVersion(major: 4, minor: 5) else { return }
    let tree = context.tree
    for node in tree.allNodes {
      guard let property = tree.property(node, .compatible) else { continue }
      let isSeen = tree.lists(property, "xen,multiboot-module")
      guard isSeen || tree.lists(property, "multiboot,module") else { continue }
      let isTyped =
        tree.lists(property, "xen,linux-zimage") || tree.lists(property, "xen,linux-initrd")
      if !isSeen {
        findings.report(
          "Xen \(context.xen) does not see a module without `xen,multiboot-module`", at: node,
          property, help: "add the old names beside the new ones",
          fix: LegacyNames.fix(tree, node, property))
      } else if !isTyped {
        findings.report(
          "Xen \(context.xen) panics at a module that is neither `xen,linux-zimage` nor"
            + " `xen,linux-initrd`", at: node, property,
          help: "add the module's old name", fix: LegacyNames.fix(tree, node, property))
      }
    }
  }
}
