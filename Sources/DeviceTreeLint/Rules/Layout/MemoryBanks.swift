import BootImages
import DeviceTree
import Diagnostics
import Measures

/// More banks than Xen keeps, or banks that overlap.
enum MemoryBanks: TreeRule {
  static let card = RuleCard(
    id: "memory-banks", family: .layout, severity: .error,
    summary: "banks of RAM overlap, or there are more than Xen keeps",
    why: """
      Xen keeps 8 banks (4.3 and 4.4), 64 (since 4.5), 128 (since 4.11) or 256 (since 4.17), and as
      many reserved regions. What comes later is lost; since 4.13 it stops reading the tree there, and
      since 4.19 it panics before the console works. Memory that two banks tell of is handed out
      twice.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, device_tree_get_meminfo; NR_MEM_BANKS",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
          memory@60000000 {
            device_type = "memory";
            «reg» = <0x60000000 0x40000000>;
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 {
            device_type = "memory";
            «reg» = <0x40000000 0x1000000>, <0x42000000 0x1000000>, <0x44000000 0x1000000>,
              <0x46000000 0x1000000>, <0x48000000 0x1000000>, <0x4a000000 0x1000000>,
              <0x4c000000 0x1000000>, <0x4e000000 0x1000000>, <0x50000000 0x1000000>;
          };
        };
        """, for: .xen("4.4")),
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
          memory@80000000 { device_type = "memory"; reg = <0x80000000 0x40000000>; };
        };
        """, for: .xen("4.17"))
    ])

  /// How many banks Xen keeps.
  private static func limit(_ xen: XenVersion) -> Int {
    if xen < XenVersion(major: 4, minor: 5) { return 8 }
    if xen < XenVersion(major: 4, minor: 11) { return 64 }
    return xen < XenVersion(major: 4, minor: 17) ? 128 : 256
  }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let limit = limit(context.xen)
    let banks = context.memory
    if banks.count > limit, let first = banks.dropFirst(limit).first {
      findings.report(
        "the tree has \(banks.count) banks of RAM, and Xen \(context.xen) keeps \(limit)",
        at: first.node, first.property, help: "join banks that touch")
    }
    var reserved = context.reserved.count
    if context.xen >= XenVersion(major: 4, minor: 19) {
      reserved += context.tree.reservations.count
    }
    if reserved > limit, let place = context.reservedMemory ?? context.chosen {
      findings.report(
        "the tree has \(reserved) reserved regions, and Xen \(context.xen) keeps \(limit)",
        at: place, help: "join regions that touch")
    }
    // A node that is no bank, but is taken for one, is another rule's.
    let real = banks.filter { context.tree.depth($0.node) == 1 }.sorted {
      ($0.range.start, $0.node) < ($1.range.start, $1.node)
    }
    var furthest: MemoryBank?
    for bank in real {
      guard let other = furthest else {
        furthest = bank
        continue
      }
      if other.range.overlaps(bank.range) {
        let (early, late) = other.node <= bank.node ? (other, bank) : (bank, other)
        findings.report(
          "the bank \(late.range) overlaps \(early.range) of \(context.tree.path(early.node))",
          at: late.node, late.property, help: "tell of each byte of RAM once")
      }
      if bank.range.end > other.range.end { furthest = bank }
    }
  }
}
