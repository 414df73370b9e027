import DeviceTree
import Diagnostics

/// A module of no bytes.
enum ModuleSizeZero: TreeRule {
  static let card = RuleCard(
    id: "module-size-zero", family: .layout, severity: .error,
    summary: "a module has no bytes",
    why: """
      A kernel of size 0 counts as none. A ramdisk of size 0 is none, and dom0 panics when it looks
      for its root. A script that writes `$filesize` before anything was loaded makes such nodes.
      """,
    context: .xen,
    evidence: .seen("Missing kernel boot module?", version: "4.17.5"),
    source: "Xen xen/common/device-tree/kernel.c, kernel_probe",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x44000000 0x0>;
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
    for module in context.modules where module.pair?.size == 0 {
      findings.report(
        "\(context.name(of: module)) has size 0", at: module.node,
        context.tree.property(module.node, .reg),
        help: "write the size of the file: `0x$filesize` behind its load in a boot script")
    }
  }
}
