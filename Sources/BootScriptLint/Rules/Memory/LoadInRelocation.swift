import Diagnostics

struct LoadInRelocation: ScriptRule {
  static let card = RuleCard(
    id: "script-load-in-relocation", family: .script, severity: .error,
    summary: "a file lies where U-Boot moves the tree to",
    why: """
      `bootz` copies the tree, with 12 KiB more, to the end of the memory that `bootm_low` and `bootm_size` give it, and over \
      whatever lies there. Only its own operands are kept.
      """,
    after: ["script-load-overlap"],
    source: "U-Boot's boot/image-fdt.c, boot_relocate_fdt; CONFIG_SYS_FDT_PAD 0x3000",
    bad: [
      .hush(
        "load mmc 0:1 0x42000000 xen\nload mmc 0:1 «0x49e00000» zImage\nbootz 0x42000000 - 0x43000000",
        .card([.xen("/xen", end: 0x20_0000), .zImage("/zImage")]))
    ],
    good: [
      .hush(
        "load mmc 0:1 0x42000000 xen\nload mmc 0:1 0x44000000 zImage\nbootz 0x42000000 - 0x43000000",
        .card([.xen("/xen", end: 0x20_0000), .zImage("/zImage")]))
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard let boot = script.boots.last, !script.keepsTree, let window = script.bootWindow else {
      return
    }
    let operands = script.operands(of: boot)
    guard operands.count > 2 else { return }
    let tree = script.load(for: operands[2], before: boot)?.file?.size ?? 0
    let end = window.end & ~0xFFF
    let taken = (tree + 0x3000 + 0xFFF) & ~0xFFF
    guard taken < end, end - taken >= window.low else { return }
    let own = Set(operands.compactMap(\.addressPart))
    for one in script.placed where one.size != nil && !own.contains(one.start) {
      guard one.start < end, one.end > end - taken, let word = one.load.addressWord else {
        continue
      }
      findings.report(
        "\(one.name) reaches \(hex(one.end)), and U-Boot moves the tree to \(hex(end - taken))",
        at: word.range,
        help: "load it lower, or set `bootm_size` higher")
    }
  }
}
