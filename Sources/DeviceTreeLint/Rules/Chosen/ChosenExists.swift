import DeviceTree
import Diagnostics

/// No `/chosen`.
enum ChosenExists: TreeRule {
  static let card = RuleCard(
    id: "chosen-exists", family: .chosen, severity: .error,
    summary: "there is no `/chosen`",
    why: """
      Command lines and modules lie there. Without it Xen has no kernel for dom0, and since 4.12
      it stops at a BUG_ON where it looks for guests. Where nothing else in the tree is meant for
      Xen, the boot script may yet make the node, and the finding is a warning.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    source: "Xen xen/common/device-tree/dom0less-build.c, create_domUs; bootinfo-fdt.c",
    bad: [
      RuleExample(
        """
        «/» {
          modules {
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen { xen,xen-bootargs = "dom0_mem=512M"; };
        };
        """, for: .xen("4.17"))
    ])

  static let expectsMachine = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.chosen == nil else { return }
    findings.report(
      "there is no `/chosen`, where Xen looks for command lines and modules", at: .root,
      severity: context.mentionsXen ? .error : .warning,
      help: "add `/chosen` with `xen,xen-bootargs`, dom0's kernel and its `bootargs`")
  }
}
