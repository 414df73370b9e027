import DeviceTree
import Diagnostics

/// A guest whose name keeps it from its command line.
enum D0LNameUnit: TreeRule {
  static let card = RuleCard(
    id: "d0l-name-unit", family: .dom0less, severity: .error,
    summary: "a guest with a command line has a unit address in its name",
    why: """
      Xen keeps the command line under the node's whole name, `domU@1`, and looks for it under the
      name without the address, `domU`. It finds none and says nothing; the guest starts without
      console and root arguments, and its line stays silent.
      """,
    context: .xen, evidence: .silence(version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootinfo.c, add_boot_cmdline; kernel.c, kernel_probe",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            «domU@1» {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              module@4a000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0x4a000000 0x500000>;
                bootargs = "console=ttyAMA0";
              };
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
            domU1 {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              module@4a000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0x4a000000 0x500000>;
                bootargs = "console=ttyAMA0";
              };
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for domain in context.domains where tree.hasUnitAddress(domain) {
      let hasArguments = tree.children(domain).contains {
        context.isModule($0) && tree.has($0, .bootargs)
      }
      guard hasArguments else { continue }
      let plain = tree.baseName(domain) + (tree.unitAddress(domain) ?? "")
      findings.report(
        "`\(tree.name(domain))` loses its command line by the address in its name", at: domain,
        help: "call it `\(plain)`",
        fix: Fix(
          .risky, "call it `\(plain)`, which scripts that name it have to follow",
          .rename(node: tree.path(domain), to: plain)))
    }
  }
}
