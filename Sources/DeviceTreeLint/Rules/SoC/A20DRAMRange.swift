import Boards
import DeviceTree
import Diagnostics
import Measures

/// RAM, or a file to be loaded, where the chip has none.
enum A20DRAMRange: TreeRule {
  static let card = RuleCard(
    id: "a20-dram-range", family: .soc, severity: .error,
    summary: "RAM or a module lies outside the chip's DRAM",
    why: """
      DRAM begins at 0x40000000 and has 2 GiB at most; a board has what is soldered to it. A
      bank copied from another board's tree, or a module placed by its addresses, ends in a
      bus abort: Xen dies when it first touches it, before it has a console. U-Boot writes the
      true size into the tree when it boots; where it does not, the tree's own is believed.
      """,
    source: "SUNXI_DRAM_MAX_SIZE of U-Boot; the boards in Boards",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          memory {
            device_type = "memory";
            «reg» = <0x80000000 0x80000000>;
          };
        };
        """),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@30000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x30000000 0x500000>;
            };
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          memory {
            device_type = "memory";
            reg = <0x40000000 0x80000000>;
          };
        };
        """)
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let window = context.soc?.dram.window else { return }
    // A board has less than the chip could.
    let size = context.target.board?.memory.variants.last
    let ram = size.flatMap { AddressRange(start: window.start, size: $0) } ?? window
    for bank in context.memory where !ram.contains(bank.range) {
      findings.report(
        "RAM \(bank.range) is not all there: "
          + (size.map { "the board's \($0)" } ?? "the chip's DRAM") + " lies at \(ram)",
        at: bank.node, bank.property,
        help: "write <\(hex(ram.start.rawValue)) SIZE>, with the size that is fitted")
    }
    for module in context.modules {
      guard let range = module.range, !range.isEmpty, !window.contains(range) else { continue }
      findings.report(
        "the module at \(range) lies outside the chip's DRAM, \(window)", at: module.node,
        context.tree.property(module.node, .reg),
        help: "load it above \(hex(window.start.rawValue)), and write that address here")
    }
  }
}
