import DeviceTree
import Diagnostics
import Measures

/// A module where the tree has no RAM.
enum ModuleInRAM: TreeRule {
  static let card = RuleCard(
    id: "module-in-ram", family: .layout, severity: .error,
    summary: "a module lies outside the RAM that the tree tells of",
    why: """
      Xen copies kernel and ramdisk from where their nodes say. Where nothing answers, that ends in a
      Data Abort after `Loading d0 kernel` or `Loading d0 initrd`; where RAM is that Xen was not told
      of, the memory is not given back. U-Boot writes the board's true RAM into the tree, so look
      there first when both are right.
      """,
    context: .xen,
    evidence: .seen("CPU0: Unexpected Trap: Data Abort", version: "4.17.5"),
    after: ["a20-dram-range", "module-end-wrap"],
    source: "Xen xen/arch/arm/kernel.c, kernel_zimage_load; domain_build.c, initrd_load",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@30000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x30000000 0x600000>;
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
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
          };
        };
        """, for: .xen("4.17")),
      // RAM is filled in by U-Boot.
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory { device_type = "memory"; reg = <0 0>; };
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
          };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let ram = MemorySet(context.memory.map(\.range))
    guard !ram.isEmpty else { return }
    for module in context.modules {
      guard let range = module.range, !range.isEmpty, !ram.contains(range) else { continue }
      report(
        "\(context.name(of: module)) at \(range)", at: module.node,
        context.tree.property(module.node, .reg), range, ram, &findings)
    }
    if let chosen = context.chosen, let initrd = context.initrdOfChosen,
      !ram.contains(initrd.range)
    {
      report(
        "the ramdisk of `/chosen` at \(initrd.range)", at: chosen, initrd.property, initrd.range,
        ram, &findings)
    }
  }

  private static func report(
    _ what: String, at node: NodeID, _ property: PropertyID?, _ range: AddressRange,
    _ ram: MemorySet, _ findings: inout Findings
  ) {
    let isPartly = ram.ranges.contains { $0.overlaps(range) }
    findings.report(
      "\(what) lies\(isPartly ? " partly" : "") outside RAM, which is "
        + ram.ranges.prefix(4).map(\.description).joined(separator: " and ")
        + (ram.ranges.count > 4 ? " and more" : ""),
      at: node, property, help: "load it to an address in RAM")
  }
}
