import DeviceTree
import Diagnostics

/// A module that says what it is, but not that it is one.
enum ModuleGenericCompat: TreeRule {
  static let card = RuleCard(
    id: "module-generic-compat", family: .layout, severity: .error,
    summary: "a module's `compatible` lacks `multiboot,module`",
    why: """
      Xen looks for `multiboot,module` (or the old `xen,multiboot-module`) first, and passes a node by
      that has only a name such as `multiboot,kernel`. A kernel is then missing; a ramdisk is absent
      without a word, and dom0 panics when it looks for its root.
      """,
    context: .xen,
    evidence: .seen("Missing kernel boot module?", version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, early_scan_node",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              «compatible» = "multiboot,kernel";
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
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for module in context.moduleNodes where !module.isGeneric {
      let tree = context.tree
      let names = tree.strings(module.compatible) ?? []
      // The old names go together, and Xen before 4.5 knows no others.
      let isOld = names.contains { $0.hasPrefix("xen,linux-") }
      let missing = isOld ? "xen,multiboot-module" : "multiboot,module"
      findings.report(
        "Xen passes the node by: its `compatible` has no `\(missing)`",
        at: module.node, module.compatible, help: "add \"\(missing)\"",
        fix: Fix(
          .safe, "add \"\(missing)\"",
          .set(
            node: tree.path(module.node), property: "compatible",
            value: (names + [missing]).map { "\"\($0)\"" }.joined(separator: ", "))))
    }
  }
}
