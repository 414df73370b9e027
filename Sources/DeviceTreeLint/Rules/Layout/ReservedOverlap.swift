import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A reserved region that is not alone in its place.
enum ReservedOverlap: TreeRule {
  static let card = RuleCard(
    id: "reserved-overlap", family: .layout, severity: .error,
    summary: "a reserved region overlaps another one, or a module",
    why: """
      Since 4.18 Xen holds each region against what it has read before. A region that overlaps
      something ends its look at the tree: 4.18 goes on without what stands behind it, 4.19 and later
      panic before the console works. A module that overlaps a region which stands before it is
      dropped. Older ones say nothing, and two owners write to the same memory.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, device_tree_get_meminfo; commit 6f7d56ccd3",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          reserved-memory {
            #address-cells = <1>; #size-cells = <1>; ranges;
            a@4f000000 { reg = <0x4f000000 0x200000>; };
            b@4f100000 {
              «reg» = <0x4f100000 0x100000>;
            };
          };
        };
        """, for: .xen("4.20")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
          };
          reserved-memory {
            #address-cells = <1>; #size-cells = <1>; ranges;
            video@44500000 {
              «reg» = <0x44500000 0x1000000>;
            };
          };
        };
        """, for: .xen("4.20")),
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
          };
          reserved-memory {
            #address-cells = <1>; #size-cells = <1>; ranges;
            a@4f000000 { reg = <0x4f000000 0x100000>; };
            b@4f100000 { reg = <0x4f100000 0x100000>; };
            c { size = <0x100000>; };
          };
        };
        """, for: .xen("4.20"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let regions = context.reserved
    guard !regions.isEmpty else { return }
    judgeEachOther(regions, context, &findings)
    // More than Xen has room for are another rule's.
    let first = regions.prefix(256)
    for module in context.modules.prefix(LintContext.modulesJudged) {
      judge(
        context.name(of: module), module.range, at: module.node,
        context.tree.property(module.node, .reg), first, context, &findings)
    }
    if let chosen = context.chosen, let initrd = context.initrdOfChosen {
      judge(
        "the ramdisk of `/chosen`", initrd.range, at: chosen, initrd.property, first, context,
        &findings)
    }
    judgeReservations(first, context, &findings)
  }

  private static func judge(
    _ what: String, _ range: AddressRange?, at node: NodeID, _ property: PropertyID?,
    _ regions: ArraySlice<ReservedRegion>, _ context: LintContext, _ findings: inout Findings
  ) {
    guard let range, let region = regions.first(where: { $0.range.overlaps(range) }) else { return }
    // Who comes later in the tree pays for it.
    if region.node > node {
      report(
        "the region overlaps \(what) at \(range)", at: region.node, region.property, context,
        &findings)
    } else {
      report(
        "\(what) overlaps the region \(region.range) of \(context.tree.path(region.node))",
        at: node, property, context, &findings)
    }
  }

  private static func judgeEachOther(
    _ regions: [ReservedRegion], _ context: LintContext, _ findings: inout Findings
  ) {
    // In order of their starts, each need only be held against the one that reaches furthest.
    var furthest: ReservedRegion?
    for region in regions.sorted(by: {
      ($0.range.start, $0.node) < ($1.range.start, $1.node)
    }) {
      guard let other = furthest else {
        furthest = region
        continue
      }
      if other.range.overlaps(region.range) {
        let (early, late) = other.node <= region.node ? (other, region) : (region, other)
        report(
          "the region \(late.range) overlaps \(early.range) of \(context.tree.path(early.node))",
          at: late.node, late.property, context, &findings)
      }
      if region.range.end > other.range.end { furthest = region }
    }
  }

  /// The tree's reservations are regions too since 4.19. One that holds the other as a whole is well,
  /// but for 4.19.0 and 4.19.1.
  private static func judgeReservations(
    _ regions: ArraySlice<ReservedRegion>, _ context: LintContext, _ findings: inout Findings
  ) {
    let since = XenVersion(major: 4, minor: 19)
    guard context.xen >= since else { return }
    let reservations = context.tree.reservations.prefix(256).compactMap {
      AddressRange(start: $0.entry.address, size: $0.entry.size)
    }
    for region in regions {
      guard let entry = reservations.first(where: { $0.overlaps(region.range) }) else { continue }
      let isPartial = reservations.contains {
        $0.overlaps(region.range) && !$0.contains(region.range)
      }
      guard isPartial || context.xen == since else { continue }
      findings.report(
        isPartial
          ? "the region \(region.range) lies partly in the /memreserve/ \(entry)"
          : "the region \(region.range) lies in the /memreserve/ \(entry), which Xen 4.19.0 and"
            + " 4.19.1 refuse",
        at: region.node, region.property, severity: isPartial ? .error : .warning,
        help: "keep one of the two")
    }
  }

  private static func report(
    _ message: String, at node: NodeID, _ property: PropertyID?, _ context: LintContext,
    _ findings: inout Findings
  ) {
    let isChecked = context.xen >= XenVersion(major: 4, minor: 18)
    findings.report(
      message, at: node, property, severity: isChecked ? .error : .warning,
      help: "move one of the two")
  }
}
