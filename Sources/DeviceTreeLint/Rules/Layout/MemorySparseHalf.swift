import BootImages
import DeviceTree
import Diagnostics
import Measures

/// RAM with so large holes that Xen 4.4 leaves some of it out.
enum MemorySparseHalf: TreeRule {
  static let card = RuleCard(
    id: "memory-sparse-half", family: .layout, severity: .error,
    summary: "RAM has holes for which Xen 4.4 drops banks",
    why: """
      Xen 4.4 takes banks in the order of the tree as long as at least half of the addresses up to
      them are RAM. The first bank that breaks this is dropped with all behind it: `WARNING: only
      using X out of Y memory banks`. Xen 4.5 leaves holes out of its tables and takes all banks.
      """,
    context: .xen,
    source: "Xen 4.4 xen/arch/arm/setup.c, setup_mm; commit 2d02b05c77",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <2>; #size-cells = <2>;
          memory@80000000 {
            device_type = "memory";
            «reg» = <0x0 0x80000000 0x0 0x80000000>, <0x8 0x80000000 0x0 0x80000000>;
          };
        };
        """, for: .xen("4.4"))
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
        """, for: .xen("4.5")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 {
            device_type = "memory";
            reg = <0x40000000 0x40000000>, <0xa0000000 0x40000000>;
          };
        };
        """, for: .xen("4.4")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen == XenVersion(major: 4, minor: 4), let index = context.firstSparseBank,
      index < context.memory.count
    else { return }
    let bank = context.memory[index]
    findings.report(
      "Xen 4.4 uses \(index) of \(context.memory.count) banks: with \(bank.range) less than half of"
        + " the addresses would be RAM",
      at: bank.node, bank.property, help: "boot Xen 4.5 or later")
  }
}
