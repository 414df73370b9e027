import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A static heap that Xen cannot use.
enum StaticHeapAlign: TreeRule {
  static let card = RuleCard(
    id: "static-heap-align", family: .layout, severity: .error,
    summary: "the static heap is not aligned to 64 KiB, or has nothing below 4 GiB",
    why: """
      `xen,static-heap` tells Xen which RAM it may use for itself and for guests. Address and size of
      each region are to be multiples of 64 KiB; a 32-bit Xen 4.17 booted with 32 KiB. There some of
      the heap has to lie below 4 GiB, where alone dom0's first bank may be. The property is counted in
      the root's cells, and exists since 4.17.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen docs/misc/arm/device-tree/booting.txt, Static Heap Memory",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          chosen {
            «xen,static-heap» = <0x50008000 0x10000000>;
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          #address-cells = <2>; #size-cells = <2>;
          chosen {
            «xen,static-heap» = <0x1 0x0 0x0 0x10000000>;
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          chosen {
            xen,static-heap = <0x50000000 0x10000000>;
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 17), let chosen = context.chosen,
      let heap = context.tree.property(chosen, .xenStaticHeap)
    else { return }
    let cells = context.xenCells(.root)
    let regions = context.wholePairs(heap, address: cells.address, size: cells.size)
    for region in regions where region.address % 0x1_0000 != 0 || region.size % 0x1_0000 != 0 {
      findings.report(
        "the heap's region at \(hex(region.address)) with \(hex(region.size)) bytes is not aligned to"
          + " 64 KiB",
        at: chosen, heap, severity: .warning, help: "make address and size multiples of 0x10000")
    }
    guard !context.isARM64, !regions.isEmpty,
      !regions.contains(where: { $0.address < 1 << 32 && $0.size > 0 })
    else { return }
    findings.report(
      "no region of the heap lies below 4 GiB", at: chosen, heap,
      help: "add a region below 4 GiB: dom0's first bank has to lie there")
  }
}
