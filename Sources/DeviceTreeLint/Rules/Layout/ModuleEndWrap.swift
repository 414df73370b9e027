import DeviceTree
import Diagnostics

/// A module that ends where no address of the machine is.
enum ModuleEndWrap: TreeRule {
  static let card = RuleCard(
    id: "module-end-wrap", family: .layout, severity: .error,
    summary: "a module ends behind the last address",
    why: """
      Start and size add up to more than an address holds. Xen adds them without a look, and what it
      takes for the module's end lies at the bottom of memory. On a 32-bit machine no loader can have
      put anything above 4 GiB.
      """,
    context: .xen,
    evidence: .seen("CPU0: Unexpected Trap: Data Abort", version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootfdt.c, device_tree_get_reg",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@fff00000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0xfff00000 0x600000>;
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
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          cpus { cpu@0 { compatible = "arm,cortex-a53"; }; };
          chosen {
            #address-cells = <2>; #size-cells = <1>;
            module@800000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x8 0x0 0x600000>;
            };
          };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for module in context.modules {
      guard let pair = module.pair else { continue }
      let (end, wraps) = pair.address.addingReportingOverflow(pair.size)
      guard wraps || (end > 1 << 32 && !context.isARM64) else { continue }
      let limit = wraps ? "the last address" : "4 GiB"
      findings.report(
        "\(context.name(of: module)) starts at \(hex(pair.address)), has \(hex(pair.size)) bytes"
          + " and ends behind \(limit)",
        at: module.node, context.tree.property(module.node, .reg),
        help: "write the address that the script loads to, and the size of the file")
    }
  }
}
