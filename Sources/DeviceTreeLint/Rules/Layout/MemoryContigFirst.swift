import BootImages
import DeviceTree
import Diagnostics
import Measures

/// RAM in several banks, for a Xen that uses one.
enum MemoryContigFirst: TreeRule {
  static let card = RuleCard(
    id: "memory-contig-first", family: .layout, severity: .error,
    summary: "RAM is told of in several banks, and Xen 4.3 uses the first one only",
    why: """
      A 32-bit Xen 4.3 takes the first bank of the tree: `WARNING: Only using first bank of memory`.
      What the other banks hold is lost, and a module there is not seen as part of RAM.
      """,
    context: .xen,
    source: "Xen 4.3 xen/arch/arm/setup.c, setup_mm",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 {
            device_type = "memory";
            «reg» = <0x40000000 0x40000000>, <0x80000000 0x40000000>;
          };
        };
        """, for: .xen("4.3"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 {
            device_type = "memory";
            reg = <0x40000000 0x80000000>;
          };
        };
        """, for: .xen("4.3")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 {
            device_type = "memory";
            reg = <0x40000000 0x40000000>, <0x80000000 0x40000000>;
          };
        };
        """, for: .xen("4.4")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let banks = context.memory
    guard context.xen < XenVersion(major: 4, minor: 4), !context.isARM64, banks.count > 1 else {
      return
    }
    let lost = MemorySet(banks.dropFirst().map(\.range)).size
    let touches = banks[1].range.start == banks[0].range.end
    findings.report(
      "Xen 4.3 uses the first of \(banks.count) banks, and \(ByteCount(lost)) of RAM are lost",
      at: banks[1].node, banks[1].property,
      help: touches ? "tell of both as one bank" : "boot Xen 4.5 or later")
  }
}
