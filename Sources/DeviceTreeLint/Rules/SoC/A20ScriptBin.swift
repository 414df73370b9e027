import Boards
import DeviceTree
import Diagnostics
import Measures

/// Something to be loaded where the vendor's bootloader has its own data.
enum A20ScriptBin: TreeRule {
  static let card = RuleCard(
    id: "a20-scriptbin", family: .soc, severity: .warning,
    summary: "a module or the tree lies in memory that is kept for the vendor's bootloader",
    why: """
      Trees for the vendor's bootloader reserve 64 KiB at 0x43000000 for script.bin, and that
      is where U-Boot today loads trees to. A module that lies partly in a reserved range is
      dropped by Xen since 4.18; a tree there may be overwritten.
      """,
    source: "linux-sunxi's sun7i-a20.dtsi of 2013; U-Boot include/configs/sunxi-common.h",
    bad: [
      RuleExample(
        """
        /memreserve/ 0x43000000 0x10000;
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@42f00000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              «reg» = <0x42f00000 0x108000>;
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
          compatible = "allwinner,sun7i-a20";
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@42f00000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x42f00000 0x108000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let range = context.soc?.scriptBin?.range, context.reservesScriptBin else { return }
    for module in context.modules {
      guard let own = module.range, own.overlaps(range) else { continue }
      findings.report(
        "the module at \(own) lies in \(range), which the tree reserves for script.bin",
        at: module.node, context.tree.property(module.node, .reg),
        help: "take the /memreserve/ out unless the vendor's bootloader is used, or load elsewhere")
    }
    guard let start = context.target.treeAddress,
      let own = AddressRange(start: start, size: ByteCount(context.tree.bytes.count)),
      own.overlaps(range)
    else { return }
    findings.report(
      "the tree is loaded to \(start), in memory that it reserves for script.bin", at: .root,
      help: "take the /memreserve/ out unless the vendor's bootloader is used, or load elsewhere")
  }
}
