import BootImages
import DeviceTree
import Diagnostics
import Measures

/// dom0's grant table on a device.
enum GnttabOnMMIO: TreeRule {
  static let card = RuleCard(
    id: "gnttab-on-mmio", family: .hypervisor, severity: .warning,
    summary: "the place where this Xen puts dom0's grant table is a device's",
    why: """
      Xen before 4.6 maps dom0's grant table at an address that it takes to be unused on the
      platform. Since it maps devices for dom0 as well, the later of the two hides the other: a
      device that answers with grant entries, or a table that a device eats. Xen 4.4 and 4.5 do
      not map disabled nodes; those are a matter for whoever enables them. The address comes from
      the chip's file.
      """,
    context: .xen, after: ["a20-gnttab-sramc"],
    source: "Xen 4.4 and 4.5 xen/arch/arm/platform.c, platform_dom0_gnttab; domain_build.c",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          soc {
            #address-cells = <1>; #size-cells = <1>; ranges = <0 0xb0000000 0x1000000>;
            «bridge@0» {
              reg = <0 0x8000>;
              #address-cells = <1>; #size-cells = <1>; ranges = <0 0 0x8000>;
              port@0 { reg = <0 0x100>; };
            };
          };
        };
        """, for: .xen("4.3"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          soc {
            #address-cells = <1>; #size-cells = <1>; ranges;
            mmc@1c0f000 { reg = <0x1c0f000 0x1000>; };
          };
        };
        """, for: .xen("4.3")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          bridge@b0000000 { reg = <0xb0000000 0x8000>; };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let region = context.grantTable else { return }
    let tree = context.tree
    let sparesDisabled = context.xen >= XenVersion(major: 4, minor: 4)
    for (node, range) in context.nodes(at: region) {
      if context.isMemory(node) || node == context.hypervisor { continue }
      let isSpared = sparesDisabled && !context.isAvailableToXen(node)
      findings.report(
        "Xen \(context.xen) puts dom0's grant table at \(region), on \(tree.path(node)) (\(range))"
          + (isSpared ? ", which is disabled and not mapped for dom0" : ""),
        at: node, severity: isSpared ? .info : .warning,
        help: "use Xen 4.6 or newer, or take the node out of the tree")
    }
  }
}
