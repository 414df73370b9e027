import BootImages
import DeviceTree
import Diagnostics
import Measures

/// RAM so spread out that Xen's table of pages has no room, or takes much of it.
enum MemoryFrametable: TreeRule {
  static let card = RuleCard(
    id: "memory-frametable", family: .layout, severity: .warning,
    summary: "Xen's table of pages does not fit its window, or takes more than 5 % of RAM",
    why: """
      Xen has an entry of 32 bytes (56 on 64-bit machines) for each page from the lowest to the
      highest address of RAM; since 4.5 it leaves out address bits that are the same in all banks. A
      32-bit Xen has a window of 96 MiB for the table. What does not fit overwrites its neighbours,
      until 4.22 stops instead. Xen 4.3 and 4.4 pay for every hole with RAM.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    source: "Xen xen/arch/arm/include/asm/mmu/layout.h; xen/arch/arm/mmu/mm.c; xen/common/pdx.c",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <2>; #size-cells = <2>;
          memory@0 {
            device_type = "memory";
            «reg» = <0x0 0x0 0x0 0x80000000>, <0x3 0x80000000 0x0 0x80000000>;
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <2>; #size-cells = <2>;
          memory@80000000 {
            device_type = "memory";
            reg = <0x0 0x80000000 0x0 0x80000000>, <0x8 0x80000000 0x0 0x80000000>;
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let memory = context.bootMemory, let start = memory.ram.start, let end = memory.ram.end,
      let bank = context.memory.max(by: { $0.range.end < $1.range.end })
    else { return }
    let isCompressed = context.xen >= XenVersion(major: 4, minor: 5)
    let hole = isCompressed ? PageHole(memory.ram.ranges) : PageHole([])
    let first = hole.compressed(start.rawValue >> 12)
    let pages = hole.compressed((end.rawValue - 1) >> 12) - first + 1
    let entry: UInt64 = context.isARM64 ? 56 : 32
    let (size, overflow) = pages.multipliedReportingOverflow(by: entry)
    let table = overflow ? .max : size
    if table > 96 << 20, !context.isARM64 {
      findings.report(
        "Xen's table of pages needs \(ByteCount(table)) for RAM from \(start) to \(end), and has"
          + " a window of 96 MiB",
        at: bank.node, bank.property, help: "tell of less RAM")
    } else if !isCompressed, table / 5 > memory.ram.size / 100 {
      findings.report(
        "Xen's table of pages takes \(ByteCount(table)) of \(ByteCount(memory.ram.size)) RAM, most"
          + " of it for holes",
        at: bank.node, bank.property, help: "boot Xen 4.5 or later, which leaves holes out")
    }
  }
}

/// The run of address bits that Xen leaves out of page numbers, since no bank needs it.
///
/// Source: Xen `xen/common/pdx.c`, `pfn_pdx_hole_setup`.
struct PageHole {
  /// The lowest bit of the run, and how many there are.
  private let shift: UInt64
  private let width: UInt64

  init(_ banks: [AddressRange]) {
    // Bits that differ within a bank, and all below them, are needed, and those that any has set.
    // What one block of the allocator spans is never left out.
    var needed: UInt64 = (1 << 18) - 1
    for bank in banks where !bank.isEmpty {
      let (first, last) = (bank.start.rawValue >> 12, (bank.end.rawValue - 1) >> 12)
      needed |= first | Self.filled(first ^ last)
    }
    var (best, longest): (UInt64, UInt64) = (0, 0)
    var start: UInt64 = 0
    let top = UInt64(64 - needed.leadingZeroBitCount)
    for bit in 0..<top {
      if needed >> bit & 1 == 1 {
        start = bit + 1
      } else if bit + 1 - start > longest {
        (best, longest) = (start, bit + 1 - start)
      }
    }
    (shift, width) = banks.isEmpty ? (0, 0) : (best, longest)
  }

  /// All bits up to the highest one.
  private static func filled(_ bits: UInt64) -> UInt64 {
    bits == 0 ? 0 : .max >> UInt64(bits.leadingZeroBitCount)
  }

  /// The page's number without the run.
  func compressed(_ page: UInt64) -> UInt64 {
    guard width > 0 else { return page }
    let low = page & ((1 << shift) - 1)
    return (page >> (shift + width)) << shift | low
  }
}
