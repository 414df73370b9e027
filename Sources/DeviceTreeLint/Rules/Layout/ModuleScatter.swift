import DeviceTree
import Diagnostics
import Measures

/// Modules that spoil more of low memory than they need to.
enum ModuleScatter: TreeRule {
  static let card = RuleCard(
    id: "module-scatter", family: .layout, severity: .warning,
    summary: "the modules lie in more blocks of 128 MiB than they have bytes for",
    why: """
      dom0's first bank is a block of 128 MiB, or of what `dom0_mem` says if that is less, that begins
      at a multiple of its size and in which nothing lies. Each module that lies in such a block
      spoils it; where all are spoiled, Xen panics. So files are best loaded close together.
      """,
    context: .xen,
    evidence: .seen("Unable to allocate first memory bank", version: "4.17.5"),
    source: "Xen commit f60658c6ae; xen/arch/arm/domain_build.c, allocate_memory_11",
    bad: [
      RuleExample(
        """
        / {
          «chosen» {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
            module@50000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x50000000 0x100000>;
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
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x100000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  private static let block: UInt64 = 128 << 20

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let chosen = context.chosen, !context.isDom0less,
      context.modules.contains(where: { $0.domain == nil })
    else { return }
    var ranges = context.modules.compactMap(\.range)
    ranges += [context.initrdOfChosen?.range, context.treeRange, context.xenInMemory?.range]
      .compactMap(\.self)
    let ram = MemorySet(context.memory.map(\.range))
    // What lies outside RAM spoils nothing.
    let taken = MemorySet(ranges.filter { ram.isEmpty || ram.contains($0) })
    // Blocks that hold something, without an array of them: a module may claim all of memory.
    var touched: UInt64 = 0
    var last: UInt64?
    for range in taken.ranges {
      var first = range.start.rawValue / block
      if first == last { first += 1 }
      let end = (range.end.rawValue - 1) / block
      if end >= first { touched += end - first + 1 }
      last = end
    }
    let needed = taken.size / block + (taken.size % block == 0 ? 0 : 1)
    guard touched > needed else { return }
    findings.report(
      "what is loaded (\(ByteCount(taken.size))) lies in \(touched) blocks of 128 MiB, and"
        + " \(needed) would hold it",
      at: chosen, help: "load the files close together, between two multiples of 128 MiB")
  }
}
