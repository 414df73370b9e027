import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A node that Xen takes for RAM by its name.
enum MemoryDecoy: TreeRule {
  static let card = RuleCard(
    id: "memory-decoy", family: .layout, severity: .error,
    summary: "a node that is no RAM is called `memory`",
    why: """
      Xen before 4.20 counts every node called `memory` or `memory@…` as RAM, wherever it stands:
      `/reserved-memory/memory@…` as well as a memory of some device. Where there is no RAM at that
      address, it hangs without a word; where there is, the bank counts twice. A node of that name
      without `reg` makes Xen 4.13 to 4.18 stop reading the tree (`Missing kernel boot module?` if the
      modules stand behind it) and 4.19 panic.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    source: "Xen 4.17 xen/arch/arm/bootfdt.c, early_scan_node; commit 47d4d3cdc5",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
          reserved-memory {
            #address-cells = <1>; #size-cells = <1>; ranges;
            «memory@90000000» {
              reg = <0x90000000 0x1000000>;
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
          reserved-memory {
            #address-cells = <1>; #size-cells = <1>; ranges;
            video@90000000 { reg = <0x90000000 0x1000000>; };
          };
          memory-controller@60000000 { reg = <0x60000000 0x1000>; };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
          reserved-memory {
            #address-cells = <1>; #size-cells = <1>; ranges;
            memory@90000000 { reg = <0x90000000 0x1000000>; };
          };
        };
        """, for: .xen("4.20")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let xen = context.xen
    guard xen < XenVersion(major: 4, minor: 20) else { return }
    let tree = context.tree
    // Where the tree has no such node, the real RAM is never asked for.
    lazy var ram = MemorySet(
      context.memory.lazy.filter { tree.depth($0.node) == 1 }.map(\.range))
    for node in context.memoryNodes where tree.depth(node) > 1 {
      guard tree.has(node, .reg) else {
        // It says that it cannot read the node, and reads no further.
        guard xen >= XenVersion(major: 4, minor: 13) else { continue }
        findings.report(
          "Xen \(xen) takes the node for RAM, and stops reading the tree since it has no `reg`",
          at: node, help: "give the node another name")
        continue
      }
      guard let bank = context.memoryBanks(node).first else { continue }
      let isInRAM = ram.contains(bank.range)
      findings.report(
        isInRAM
          ? "Xen \(xen) counts \(bank.range) as RAM once more, since the node is called `memory`"
          : "Xen \(xen) takes \(bank.range) for RAM, since the node is called `memory`",
        at: node, severity: isInRAM ? .warning : .error, help: "give the node another name")
    }
  }
}
