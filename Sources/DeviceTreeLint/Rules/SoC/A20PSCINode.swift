import DeviceTree
import Diagnostics

/// A tree of the vendor's days, by which the second processor cannot be started.
enum A20PSCINode: TreeRule {
  static let card = RuleCard(
    id: "a20-psci-node", family: .soc, severity: .warning,
    summary: "a tree for the vendor's bootloader has no PSCI node",
    why: """
      Xen and Linux start the second processor by PSCI. U-Boot since 2014.10 brings the code
      for it and adds the node to the tree itself. A tree that reserves script.bin's memory is
      made for a bootloader that does neither: only one processor comes up.
      """,
    source: "Xen xen/arch/arm/psci.c; U-Boot arch/arm/cpu/armv7/virt-dt.c",
    bad: [
      RuleExample(
        """
        /memreserve/ 0x43000000 0x10000;
        «/» {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          model = "A board";
        };
        """)
    ],
    good: [
      RuleExample(
        """
        /memreserve/ 0x43000000 0x10000;
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          psci {
            compatible = "arm,psci";
            method = "smc";
            cpu_on = <0x84000003>;
          };
        };
        """),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          compatible = "allwinner,sun7i-a20";
          model = "A board";
        };
        """),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.reservesScriptBin else { return }
    let tree = context.tree
    let names: [StaticString] = ["arm,psci", "arm,psci-0.2", "arm,psci-1.0"]
    let hasPSCI = tree.allNodes.contains { node in
      guard let compatible = tree.property(node, .compatible) else { return false }
      return names.contains { tree.lists(compatible, $0) }
    }
    guard !hasPSCI else { return }
    findings.report(
      "the tree is for the vendor's bootloader and has no PSCI node: one processor will run",
      at: .root,
      help: "boot with U-Boot 2014.10 or newer, and take the /memreserve/ of script.bin out")
  }
}
