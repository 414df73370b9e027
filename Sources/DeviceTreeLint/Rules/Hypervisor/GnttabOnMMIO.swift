import DeviceTree
import Diagnostics
import Measures

/// dom0's grant table on a device.
enum GnttabOnMMIO: TreeRule {
  static let card = RuleCard(
    id: "gnttab-on-mmio", family: .hypervisor, severity: .warning,
    summary: "the place where this Xen puts dom0's grant table is a device's",
    why: """
      Xen before 4.6 maps dom0's grant table at an address that it takes to be unused on the platform.
      Since it maps devices for dom0 as well, the later of the two hides the other: a device that
      answers with grant entries, or a table that a device eats. The address comes from the chip's
      file.
      """,
    context: .xen,
    source: "Xen 4.4 and 4.5 xen/arch/arm/platform.c, platform_dom0_gnttab",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          soc {
            #address-cells = <1>; #size-cells = <1>; ranges;
            «sram@1d00000» {
              compatible = "mmio-sram";
              reg = <0x1d00000 0xd0000>;
              #address-cells = <1>; #size-cells = <1>; ranges = <0 0x1d00000 0xd0000>;
              sram-section@0 { reg = <0 0x80000>; };
            };
          };
        };
        """, for: RuleExample.Target(xen: "4.4", soc: "a20"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          soc {
            #address-cells = <1>; #size-cells = <1>; ranges = <0x1c00000 0 0x1000000>;
            serial@1d00000 { reg = <0x1d00000 0x400>; };
            mmc@1c0f000 { reg = <0x1c0f000 0x1000>; };
          };
        };
        """, for: RuleExample.Target(xen: "4.4", soc: "a20")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          sram@1d00000 { reg = <0x1d00000 0xd0000>; };
        };
        """, for: RuleExample.Target(xen: "4.17", soc: "a20")),
    ])

  /// dom0 is shown disabled devices too, and they are mapped.
  static let judgesDisabled = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let region = context.grantTable else { return }
    let tree = context.tree
    for (node, range) in context.nodes(at: region) {
      if context.isMemory(node) || node == context.hypervisor { continue }
      findings.report(
        "Xen \(context.xen) puts dom0's grant table at \(region), on \(tree.path(node)) (\(range))",
        at: node, help: "use Xen 4.6 or newer, or take the node out of the tree")
    }
  }
}
