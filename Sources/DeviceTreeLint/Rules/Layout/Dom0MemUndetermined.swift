import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A `dom0_mem` for which the same files can boot once and panic the next time.
enum Dom0MemUndetermined: TreeRule {
  static let card = RuleCard(
    id: "dom0-mem-undetermined", family: .layout, severity: .warning,
    summary: "where dom0's memory will lie is not determined by `dom0_mem` and RAM",
    why: """
      Xen puts dom0 together from blocks while other processors still clear memory, and it prefers
      blocks that are clear. For a power of two of which a block is free that makes no difference. For
      other sizes identical boots came to different banks, and 900 MiB of 2 GiB ended in a panic in 2
      boots of 10, with more than half of RAM free.
      """,
    context: .xen,
    evidence: .seen("Failed to allocate requested dom0 memory. 4MB unallocated", version: "4.17.5"),
    after: ["dom0-bank0-fits"],
    source: "Xen xen/arch/arm/domain_build.c, allocate_memory_11; xen/common/page_alloc.c,"
      + " get_free_buddy",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            «xen,xen-bootargs» = "console=dtuart dom0_mem=900M";
          };
        };
        """, for: .xen("4.17")),
      // A power of two, but modules leave no block of its size.
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x20000000>; };
          chosen {
            «xen,xen-bootargs» = "console=dtuart dom0_mem=256M";
            #address-cells = <1>; #size-cells = <1>;
            module@4a000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x4a000000 0x600000>;
            };
            module@5c000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x5c000000 0x100000>;
            };
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            xen,xen-bootargs = "console=dtuart dom0_mem=512M";
          };
        };
        """, for: .xen("4.17")),
      // No block of 512 MiB is free, but two of 256 MiB that make one.
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
          chosen {
            xen,xen-bootargs = "console=dtuart dom0_mem=512M";
            #address-cells = <1>; #size-cells = <1>;
            module@4a000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x4a000000 0x532200>;
            };
            module@7a000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x7a000000 0xd7f2c>;
            };
          };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    // Older ones give dom0 one block or nothing.
    guard context.xen >= XenVersion(major: 4, minor: 5), let dom0 = context.dom0Memory else {
      return
    }
    guard dom0.isPowerOfTwo else {
      let sizes = [dom0.floorOrder, dom0.floorOrder + 1].map {
        "dom0_mem=" + ByteCount(1 << UInt64($0)).xenSpelling
      }
      findings.report(
        "dom0_mem=\(dom0.text) is no power of two: its banks can differ from boot to boot, and a boot"
          + " can fail for want of blocks",
        at: dom0.node, dom0.property, help: "write \(sizes.joined(separator: " or "))")
      return
    }
    guard let free = context.bootMemory?.free, !free.hasBlock(order: dom0.floorOrder),
      !free.hasTwoBlocks(order: dom0.floorOrder - 1)
    else { return }
    findings.report(
      "no block of \(ByteCount(dom0.bytes)) is free for dom0_mem=\(dom0.text): of which pieces Xen"
        + " makes it up is not determined",
      at: dom0.node, dom0.property, help: "load the modules close together, or give dom0 less")
  }
}
