import BootImages
import DeviceTree
import Diagnostics

/// No kernel for dom0, or more than one.
enum ModuleKernelOne: TreeRule {
  static let card = RuleCard(
    id: "module-kernel-one", family: .layout, severity: .error,
    summary: "there is not exactly one kernel for dom0",
    why: """
      Without a kernel Xen has no dom0 to start. Of two it takes the first (before 4.5 the last), and
      says nothing of the other. A tree with guests only, each with a kernel of its own, needs none.
      """,
    context: .xen,
    evidence: .seen("Missing kernel boot module?", version: "4.17.5"),
    source: "Xen xen/common/device-tree/kernel.c, kernel_probe",
    bad: [
      RuleExample(
        """
        / {
          «chosen» {
            #address-cells = <1>; #size-cells = <1>;
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x100000>;
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
              reg = <0x44000000 0x600000>;
            };
            module@45000000 {
              «compatible» = "multiboot,kernel", "multiboot,module";
              reg = <0x45000000 0x600000>;
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
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
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
            domU1 {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              module@44000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0x44000000 0x600000>;
              };
            };
          };
        };
        """, for: .xen("4.17")),
      // A tree that a boot script has yet to tell of modules.
      RuleExample("/ { chosen { }; };", for: .xen("4.17")),
    ])

  static let expectsMachine = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let kernels = context.modules.filter { $0.kind == .kernel && $0.domain == nil }
    let takesFirst = context.xen >= XenVersion(major: 4, minor: 5)
    if let taken = takesFirst ? kernels.first : kernels.last {
      for other in kernels
      where other.node != taken.node && other.pair?.address != taken.pair?.address {
        findings.report(
          "dom0 has a second kernel; Xen takes \(context.tree.path(taken.node)) and ignores this one",
          at: other.node, context.tree.property(other.node, .compatible),
          help: "take one of the two out, or put it into the node of its guest")
      }
      return
    }
    guard let chosen = context.chosen, !context.isDom0less,
      context.modules.contains(where: { $0.domain == nil }),
      // Another rule has something to say of it.
      !context.moduleNodes.contains(where: { $0.kind == .kernel && context.isMissed($0) })
    else { return }
    findings.report(
      "there are modules, but none is dom0's kernel", at: chosen,
      help: "add a node with compatible = \"multiboot,kernel\", \"multiboot,module\"")
  }
}
