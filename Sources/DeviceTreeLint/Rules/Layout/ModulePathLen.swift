import BootImages
import DeviceTree
import Diagnostics

/// A module whose path is too long for Xen's buffer.
enum ModulePathLen: TreeRule {
  static let card = RuleCard(
    id: "module-path-len", family: .layout, severity: .error,
    summary: "a module's path is longer than the 91 bytes that Xen has room for",
    why: """
      Xen writes the path into a buffer of 92 bytes, the final NUL among them, to see whether it
      begins with `/chosen`. Where it has no room, it drops the module without a word.
      """,
    context: .xen,
    evidence: .seen("Missing kernel boot module?", version: "4.17.5"),
    after: ["module-depth"],
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, process_multiboot_node",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            «kernel-of-dom0-as-it-was-built-on-the-last-day-of-the-year-with-all-its-modules-in@44000000» {
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
            kernel-of-dom0-as-it-was-built-on-the-last-day-of-the-year@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 12), let chosen = context.chosen else {
      return
    }
    for module in context.moduleNodes
    where module.isGeneric && context.tree.isInside(module.node, chosen) {
      let length = context.pathLength(module.node)
      guard length > LintContext.longestModulePath else { continue }
      findings.report(
        "Xen drops the module: its path has \(length) bytes, and there is room for"
          + " \(LintContext.longestModulePath)",
        at: module.node, help: "give the node a shorter name")
    }
  }
}
