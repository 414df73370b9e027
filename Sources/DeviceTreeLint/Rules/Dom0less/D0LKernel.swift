import BootImages
import DeviceTree
import Diagnostics

/// A guest without a kernel, as Xen looks for one.
enum D0LKernel: TreeRule {
  static let card = RuleCard(
    id: "d0l-kernel", family: .dom0less, severity: .error,
    summary: "a guest has no child that is compatible with `multiboot,kernel`",
    why: """
      For dom0 Xen also takes `xen,linux-zimage`, and guesses where a module has no kind; in a
      guest's node it looks for `multiboot,kernel` alone, says "Missing kernel boot module?" and
      stops.
      """,
    context: .xen,
    evidence: .seen("Could not set up domain domU1", version: "4.17.5"),
    source: "Xen xen/common/device-tree/kernel.c, kernel_probe",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            «domU1» {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              module@4a000000 {
                «compatible» = "xen,linux-zimage", "xen,multiboot-module";
                reg = <0x4a000000 0x500000>;
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
            domU1 {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              module@4a000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0x4a000000 0x500000>;
              };
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for domain in context.domains {
      let children = tree.children(domain)
      if children.contains(where: { tree.isCompatible($0, "multiboot,kernel") }) { continue }
      let old = children.first { tree.isCompatible($0, "xen,linux-zimage") }
      if let old, let property = tree.property(old, .compatible) {
        let names = "\"multiboot,kernel\", \"multiboot,module\""
        findings.report(
          "Xen does not take `xen,linux-zimage` for a guest's kernel", at: old, property,
          help: "write `compatible = \(names)`",
          fix: Fix(
            .safe, "use the names that guests' modules have",
            .set(node: tree.path(old), property: "compatible", value: names)))
        continue
      }
      let typeless = children.first {
        context.isModule($0) && !tree.isCompatible($0, "multiboot,ramdisk")
          && !tree.isCompatible($0, "multiboot,device-tree")
          && !tree.isCompatible($0, "xen,linux-initrd")
      }
      findings.report(
        "`\(tree.name(domain))` has no kernel", at: domain,
        help: typeless.map {
          "put `multiboot,kernel` first in `compatible` of \(tree.name($0)): Xen does not guess here"
        } ?? "add a module that is compatible with `multiboot,kernel` and `multiboot,module`")
    }
  }
}
