import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A size of dom0 that is no power of two.
enum Dom0MemPow2: TreeRule {
  static let card = RuleCard(
    id: "dom0-mem-pow2", family: .chosen, severity: .error,
    summary: "dom0's memory is no power of two",
    why: """
      Xen 4.4 gives dom0 one block in which addresses are the machine's own, and rounds its size
      up to a power of two: too much is taken, or nothing that large is free and it panics with
      "Failed to allocate contiguous memory for dom0". 4.3 did so on one platform only. Since 4.5
      there may be several blocks, and an even size is but the safer choice.
      """,
    context: .xen, evidence: .tolerated(version: "4.17.5"),
    after: ["dom0-bank0-fits", "dom0-mem-undetermined"],
    source: "Xen 4.4 xen/arch/arm/domain_build.c, allocate_memory_11",
    bad: [
      RuleExample(
        """
        / {
          chosen { «xen,xen-bootargs» = "dtuart=serial0 dom0_mem=400M"; };
        };
        """, for: .xen("4.4"))
    ],
    good: [
      RuleExample(
        "/ { chosen { xen,xen-bootargs = \"dtuart=serial0 dom0_mem=512M\"; }; };",
        for: .xen("4.4"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.isDom0less, let line = context.commandLines.xen,
      let value = line.value("dom0_mem")
    else { return }
    let bytes = XenSize(value).bytes
    guard bytes & (bytes &- 1) != 0, bytes < 1 << 63 else { return }
    let isOneBlock = context.xen == XenVersion(major: 4, minor: 4)
    let above = UInt64(1) << (64 - bytes.leadingZeroBitCount)
    findings.report(
      isOneBlock
        ? "`dom0_mem=\(value)` becomes one block of \(ByteCount(above)) in Xen \(context.xen)"
        : "`dom0_mem=\(value)` is no power of two",
      at: line.node, line.property, severity: isOneBlock ? .error : .info,
      help: "choose \(ByteCount(above / 2)) or \(ByteCount(above))")
  }
}
