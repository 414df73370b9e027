import DeviceTree
import Diagnostics
import Measures

/// RAM in which Xen finds no place for its own heap.
enum XenheapFits: TreeRule {
  static let card = RuleCard(
    id: "xenheap-fits", family: .layout, severity: .error,
    summary: "there is no place in RAM for Xen's own heap",
    why: """
      A 32-bit Xen wants one piece of memory at a multiple of 32 MiB in which nothing lies: a 32nd of
      RAM, at least 32 MiB and at most 1 GiB (before 4.6 an 8th, at least 128 MiB). Modules and
      reserved regions split RAM up. Where no such piece is left, it panics before its console works:
      `Not enough space for xenheap`.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    source: "Xen xen/arch/arm/arm32/mmu/mm.c, setup_mm",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 {
            device_type = "memory";
            «reg» = <0x40000000 0x4000000>;
          };
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@41000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x41000000 0x600000>;
            };
            module@43000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x43000000 0x100000>;
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
          memory@40000000 {
            device_type = "memory";
            reg = <0x40000000 0x4000000>;
          };
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@40800000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x40800000 0x600000>;
            };
            module@41000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x41000000 0x100000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let memory = context.bootMemory, case .noRoom(let size) = memory.xenheap,
      let bank = context.memory.first
    else { return }
    findings.report(
      "\(ByteCount(memory.ram.size)) of RAM have no free piece of \(size) at a multiple of 32 MiB"
        + " for Xen's heap",
      at: bank.node, bank.property,
      help: "load the modules close together, or give Xen a smaller heap with xenheap_megabytes=")
  }
}
