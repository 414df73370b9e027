import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A guest's static memory that is not what its `memory` says, or no RAM.
enum D0LStaticSum: TreeRule {
  static let card = RuleCard(
    id: "d0l-static-sum", family: .dom0less, severity: .error,
    summary: "a guest's static memory is not its `memory`, no RAM, or no whole pages",
    why: """
      A guest gets either static memory or memory of Xen's choice, never both: the sizes in
      `xen,static-mem` have to add up to `memory`, in whole pages of RAM. Otherwise Xen panics with
      "Failed to allocate requested static memory". Since 4.17 the ranges are counted in the cells of
      /chosen. Debian's Xen is built without static memory; this was read, not tried.
      """,
    context: .xen, evidence: .seen("Device tree generation failed (-2).", version: "4.17.5"),
    after: ["d0l-memory-u64"],
    source: "Xen xen/common/device-tree/static-memory.c; docs/misc/arm/device-tree/booting.txt",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            domU1 {
              compatible = "xen,domain"; cpus = <1>;
              memory = <0 65536>;
              «xen,static-mem» = <0x50000000 0x2000000>;
            };
            domU2 {
              compatible = "xen,domain"; cpus = <1>;
              memory = <0 65536>;
              «xen,static-mem» = <0x80000000 0x4000000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            domU1 {
              compatible = "xen,domain"; cpus = <1>;
              memory = <0 65536>;
              xen,static-mem = <0x50000000 0x2000000 0x54000000 0x2000000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 16), let chosen = context.chosen else {
      return
    }
    let tree = context.tree
    let domains = context.domains.filter { tree.has($0, .xenStaticMemory) }
    guard !domains.isEmpty else { return }
    let memory = MemorySet(context.memory.map(\.range))
    for domain in domains {
      guard let property = tree.property(domain, .xenStaticMemory) else { continue }
      let cells = cells(domain, chosen, context)
      let pairs = context.pairs(property, address: cells.address, size: cells.size)
      guard !pairs.isEmpty else {
        findings.report(
          "`xen,static-mem` is no list of ranges with \(cells.address) and \(cells.size) cells",
          at: domain, property,
          help: "write it in the cells that Xen counts it in, here those of /chosen")
        continue
      }
      var sum: UInt64 = 0
      var fault: String?
      for pair in pairs {
        let (total, overflow) = sum.addingReportingOverflow(pair.size)
        sum = overflow ? .max : total
        if fault != nil { continue }
        if pair.address % 4096 != 0 || pair.size % 4096 != 0 {
          fault = "the range at \(hex(pair.address)), \(hex(pair.size)) bytes, is no whole pages"
        } else if !memory.isEmpty, !(pair.range.map(memory.contains) ?? false) {
          fault = "the range at \(hex(pair.address)), \(hex(pair.size)) bytes, is not all RAM"
        }
      }
      if let fault {
        findings.report(
          fault, at: domain, property, help: "use multiples of 4 KiB inside a /memory node")
      }
      guard
        let wanted = tree.property(domain, .memory).flatMap({ tree.number($0, at: 0, cells: 2) })
      else { continue }
      if wanted.multipliedReportingOverflow(by: 1024) != (sum, false) {
        findings.report(
          "the static memory is \(sum >> 10) KiB, `memory` says \(wanted) KiB", at: domain,
          property, help: "write `memory = <\(hex(sum >> 42)) \(hex(sum >> 10 & 0xffff_ffff))>;`")
      }
    }
  }

  /// 4.16 had properties of its own for this.
  private static func cells(
    _ domain: NodeID, _ chosen: NodeID, _ context: LintContext
  ) -> (address: Int, size: Int) {
    guard context.xen < XenVersion(major: 4, minor: 17) else { return context.xenCells(chosen) }
    func own(_ name: StaticString) -> Int {
      let property = context.tree.property(domain, named: name)
      return property.flatMap(context.tree.onlyCell).map { Int($0) } ?? 0
    }
    return (own("#xen,static-mem-address-cells"), own("#xen,static-mem-size-cells"))
  }
}
