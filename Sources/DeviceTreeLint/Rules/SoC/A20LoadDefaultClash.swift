import Boards
import DeviceTree
import Diagnostics
import Measures

/// Files at U-Boot's default addresses, where they do not all have room.
enum A20LoadDefaultClash: TreeRule {
  static let card = RuleCard(
    id: "a20-load-default-clash", family: .soc, severity: .warning,
    summary: "U-Boot's default addresses are used for more than fits between them",
    why: """
      U-Boot's defaults are made for a kernel, a tree and an initial RAM disk: 0x42000000,
      0x43000000 and 0x43400000. With Xen there is one file more, and no address for it; and a
      kernel above 16 MiB reaches the tree, above 20 MiB the RAM disk. What is loaded last
      wins, and the other file is damaged without a word.
      """,
    after: ["module-overlap"],
    source: "U-Boot include/configs/sunxi-common.h",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@42000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x42000000 0x1500000>;
            };
            module@43400000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x43400000 0x100000>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@42000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x42000000 0x500000>;
            };
            module@43400000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x43400000 0x100000>;
            };
          };
        };
        """,
        for: .init(
          xen: "4.17",
          files: [.init(address: 0x4200_0000, bytes: [0]), .init(address: 0x4200_0000, bytes: [1])])
      ),
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@42000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x42000000 0x500000>;
            };
            module@43400000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x43400000 0x100000>;
            };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x1500000>;
            };
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x100000>;
            };
          };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let defaults = context.soc?.ubootLoad,
      let kernel = context.modules.first(where: { $0.kind == .kernel && $0.domain == nil }),
      let range = kernel.range, range.start == defaults.kernel
    else { return }
    let property = context.tree.property(kernel.node, .reg)
    let help =
      "choose addresses with room, such as 0x44000000 for the kernel and 0x46000000 for its "
      + "RAM disk, and leave 0x42000000 to Xen"
    if context.target.loaded.count(where: { $0.address == defaults.kernel }) > 1 {
      findings.report(
        "Xen and the kernel are both loaded to kernel_addr_r, \(defaults.kernel)", at: kernel.node,
        property, help: help)
      return
    }
    let ramdisk = context.modules.first { $0.kind == .ramdisk && $0.domain == nil }
    if let start = ramdisk?.range?.start, start == defaults.initrd, range.end > start {
      findings.report(
        "the kernel ends at \(Address(range.end.rawValue &- 1)), behind the RAM disk's start at "
          + "ramdisk_addr_r, \(start)",
        at: kernel.node, property, help: help)
    } else if let start = context.target.treeAddress, start == defaults.tree, range.end > start {
      findings.report(
        "the kernel ends at \(Address(range.end.rawValue &- 1)), behind the tree's start at "
          + "fdt_addr_r, \(start)",
        at: kernel.node, property, help: help)
    }
  }
}
