import DeviceTree
import Diagnostics

/// A tree that is larger than Xen, or anybody, takes.
enum FDTTotalsizeXen: FaultRule, TreeRule {
  static let card = RuleCard(
    id: "fdt-totalsize-xen", family: .structure, severity: .error,
    summary: "the tree is larger than the 2 MiB that Xen takes",
    why: """
      Xen maps 2 MiB for the tree. Since 4.9 it refuses a larger one with "Invalid device tree blob
      at physical address …", before its serial line is up; older versions read what is not mapped
      and stop without a word. U-Boot adds 0x3000 bytes before it hands the tree on.
      """,
    evidence: .silence(version: "4.17.5"),
    source: "Xen xen/arch/arm/mmu/setup.c, early_fdt_map, MAX_FDT_SIZE",
    bad: [
      RuleExample(
        "/ { };", patches: [.header(4, 0x20_0048), BytePatch(.end, 0, [0], times: 0x20_0000)],
        for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        "/ { };", patches: [.header(4, 0x10_0048), BytePatch(.end, 0, [0], times: 0x10_0000)],
        for: .xen("4.17"))
    ])

  /// Limits of our reader, which are beyond Xen's.
  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .tooLarge, .tooManyNodes, .tooManyProperties: card.severity
    default: nil
    }
  }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.isForXen else { return }
    let size = context.tree.layout.totalSize
    if size > XenTreeMapping.size {
      findings.report(
        "the tree has \(size) bytes; Xen takes \(XenTreeMapping.size)", atOffset: 4,
        help: "take out what the board does not have: `__symbols__`, nodes that are disabled")
    } else if size + UBootPad.size > XenTreeMapping.size {
      findings.report(
        "the tree has \(size) bytes, and what U-Boot adds makes more of it than the"
          + " \(XenTreeMapping.size) that Xen takes", atOffset: 4, severity: .warning,
        help: "take out what the board does not have: `__symbols__`, nodes that are disabled")
    }
  }
}

/// How Xen sees the tree before it has read it.
enum XenTreeMapping {
  /// The largest tree, and the section that it is mapped by, in bytes.
  static let size = 0x20_0000
}

/// What U-Boot adds to a tree before it starts a kernel.
enum UBootPad {
  /// Source: U-Boot `boot/image-fdt.c`, `boot_relocate_fdt`; `CONFIG_SYS_FDT_PAD`.
  static let size = 0x3000
}
