import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A module that is partly reserved.
enum ModuleMemreservePartial: TreeRule {
  static let card = RuleCard(
    id: "module-memreserve-partial", family: .layout, severity: .error,
    summary: "a module lies partly in a `/memreserve/` entry",
    why: """
      Since 4.19 Xen holds modules against the tree's reservations, and drops one that lies partly in
      an entry: `Region: […) overlapping with bank[…]` before its console works, then `Missing kernel
      boot module?` or a dom0 without its root. A module that lies in an entry as a whole is well, as
      U-Boot reserves the ramdisk so, but for 4.19.0 and 4.19.1, which drop it too.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    after: ["a20-scriptbin"],
    source: "Xen xen/common/device-tree/bootinfo.c, meminfo_overlap_check; commits 53dc37829c and"
      + " a14593e399",
    bad: [
      RuleExample(
        """
        /memreserve/ 0x44000000 0x10000;
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x44000000 0x600000>;
            };
          };
        };
        """, for: .xen("4.20"))
    ],
    good: [
      RuleExample(
        """
        /memreserve/ 0x44000000 0x600000;
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
          };
        };
        """, for: .xen("4.20"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let reservations = context.tree.reservations.compactMap {
      AddressRange(start: $0.entry.address, size: $0.entry.size)
    }
    guard !reservations.isEmpty else { return }
    for module in context.modules.prefix(LintContext.modulesJudged) {
      guard let range = module.range else { continue }
      judge(
        context.name(of: module), range, reservations, at: module.node,
        context.tree.property(module.node, .reg), context.xen, &findings)
    }
    if let chosen = context.chosen, let initrd = context.initrdOfChosen {
      judge(
        "the ramdisk of `/chosen`", initrd.range, reservations, at: chosen, initrd.property,
        context.xen, &findings)
    }
  }

  private static func judge(
    _ what: String, _ range: AddressRange, _ reservations: [AddressRange], at node: NodeID,
    _ property: PropertyID?, _ xen: XenVersion, _ findings: inout Findings
  ) {
    let since = XenVersion(major: 4, minor: 19)
    if let entry = reservations.first(where: { $0.overlaps(range) && !$0.contains(range) }) {
      findings.report(
        xen >= since
          ? "\(what) at \(range) lies partly in the reservation \(entry), so that Xen drops it"
          : "\(what) at \(range) lies partly in the reservation \(entry): Xen \(since) and later drop"
            + " it",
        at: node, property, severity: xen >= since ? .error : .info,
        help: "load it beside the reservation, or take the /memreserve/ out if nobody needs it")
    } else if xen == since, let entry = reservations.first(where: { $0.overlaps(range) }) {
      findings.report(
        "\(what) at \(range) lies in the reservation \(entry): Xen 4.19.0 and 4.19.1 drop it",
        at: node, property, severity: .warning, help: "boot Xen 4.19.2 or later")
    }
  }
}
