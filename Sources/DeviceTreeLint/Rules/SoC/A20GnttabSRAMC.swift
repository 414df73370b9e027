import Boards
import DeviceTree
import Diagnostics
import Measures

/// The video engine's memory, where old Xen keeps the grant table.
enum A20GnttabSRAMC: TreeRule {
  static let card = RuleCard(
    id: "a20-gnttab-sramc", family: .soc, severity: .warning,
    summary: "Xen 4.4 and 4.5 put dom0's grant table into an SRAM that the tree gives to a device",
    why: """
      Those versions take SRAM C for the 128 KiB of dom0's grant table, since nobody else
      seemed to use it. The video engine does: when dom0 drives it, or maps the SRAM by its
      node, disks and network of guests break with it. Xen 4.6 and newer put the table
      elsewhere; a disabled node is left alone by these versions.
      """,
    context: .xen,
    source: "Xen 4.4 xen/arch/arm/platforms/sunxi.c; linux-sunxi's page on SRAM",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          sram@1d00000 {
            compatible = "mmio-sram";
            «reg» = <0x1d00000 0xd0000>;
            #address-cells = <1>; #size-cells = <1>;
            ranges = <0 0x1d00000 0xd0000>;
            ve_sram: sram-section@0 { reg = <0 0x80000>; };
          };
          video-codec@1c0e000 {
            reg = <0x1c0e000 0x1000>;
            «allwinner,sram» = <&ve_sram 1>;
          };
        };
        """, for: .xen("4.4"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          sram@1d00000 {
            compatible = "mmio-sram";
            reg = <0x1d00000 0xd0000>;
            status = "disabled"; #address-cells = <1>; #size-cells = <1>;
            ranges = <0 0x1d00000 0xd0000>;
            ve_sram: sram-section@0 { reg = <0 0x80000>; };
          };
          video-codec@1c0e000 {
            reg = <0x1c0e000 0x1000>;
            status = "disabled"; allwinner,sram = <&ve_sram 1>;
          };
        };
        """, for: .xen("4.4")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          sram@1d00000 {
            compatible = "mmio-sram";
            reg = <0x1d00000 0xd0000>;
            #address-cells = <1>; #size-cells = <1>;
            ranges = <0 0x1d00000 0xd0000>;
            ve_sram: sram-section@0 { reg = <0 0x80000>; };
          };
          video-codec@1c0e000 {
            reg = <0x1c0e000 0x1000>;
            allwinner,sram = <&ve_sram 1>;
          };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let region = context.grantTable, let soc = context.soc,
      soc.sram.contains(where: { $0.range.overlaps(region) })
    else { return }
    let tree = context.tree
    // What lies in one that has been told of goes with it, so that these do not overlap.
    var holders: [NodeID] = []
    for node in tree.allNodes where context.isEnabled(node) && tree.has(node, .reg) {
      if let last = holders.last, tree.isInside(node, last) { continue }
      guard context.translatedReg(node).contains(where: { $0.overlaps(region) }),
        !context.isMemory(node)
      else { continue }
      holders.append(node)
      findings.report(
        "Xen \(context.xen) puts dom0's grant table at \(region), on this node's registers",
        at: node, tree.property(node, .reg),
        help: "disable the node and the devices that use it, or boot Xen 4.6 or newer")
    }
    for node in tree.allNodes where context.isEnabled(node) {
      guard let property = tree.property(node, named: "allwinner,sram"),
        let section = tree.cell(property, 0).flatMap({ context.node(withPhandle: $0) }),
        isInside(section, holders, tree)
      else { continue }
      findings.report(
        "this device works in the SRAM that Xen \(context.xen) has dom0's grant table in", at: node,
        property, help: "disable the node, or boot Xen 4.6 or newer")
    }
  }

  /// Whether the node lies in one of these, which are in file order.
  private static func isInside(_ node: NodeID, _ holders: [NodeID], _ tree: FlatTree) -> Bool {
    var (low, high) = (0, holders.count)
    while low < high {
      let middle = (low + high) / 2
      if holders[middle] <= node { low = middle + 1 } else { high = middle }
    }
    return low > 0 && tree.isInside(node, holders[low - 1])
  }
}
