import DeviceTree
import Diagnostics

/// A module that does not say where it lies, or says more than Xen reads.
enum ModuleReg: TreeRule {
  static let card = RuleCard(
    id: "module-reg", family: .layout, severity: .error,
    summary: "a module's `reg` is not one address and one size",
    why: """
      Xen reads the first pair. Without a whole pair it panics before its console works, so that the
      serial line stays empty and the board hangs or starts again. What follows the first pair is
      ignored: a file in two pieces is not joined. Addresses are counted as the nearest node above
      says, in 1 or 2 cells.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    after: ["cells-inherited", "d0l-cells"],
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, process_multiboot_node",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            «module@44000000» {
              compatible = "multiboot,kernel", "multiboot,module";
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <2>; #size-cells = <2>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x44000000 0x600000>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x44000000 0x300000>, <0x44300000 0x300000>;
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
            #address-cells = <2>; #size-cells = <2>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x0 0x44000000 0x0 0x600000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for module in context.modules {
      // Xen's EFI stub loads the file and writes the property.
      guard !tree.has(module.node, .xenUEFIBinary), let parent = tree.parent(module.node) else {
        continue
      }
      guard let reg = tree.property(module.node, .reg) else {
        findings.report(
          "the module has no `reg`: Xen panics before its console works", at: module.node,
          help: "say where the file is loaded: reg = <address size>")
        continue
      }
      let (address, size) = context.xenCells(parent)
      let cells = tree.cellCount(reg)
      let expected = "\(address) + \(size) cells"
      if !(1...2).contains(address) || !(1...2).contains(size) {
        findings.report(
          "the module's `reg` is counted in \(expected); Xen takes 1 or 2 of each",
          at: module.node, reg,
          help: "give \(tree.path(parent)) its own #address-cells and #size-cells")
      } else if cells < address + size {
        findings.report(
          "the module's `reg` has \(cells) cells and needs \(expected): Xen panics before its"
            + " console works",
          at: module.node, reg, help: "write one address and one size")
      } else if tree.length(reg) > 4 * (address + size) {
        findings.report(
          "Xen reads the first \(expected) of the module's `reg` and ignores the rest",
          at: module.node, reg, severity: .warning, help: "write one address and one size")
      }
    }
  }
}
