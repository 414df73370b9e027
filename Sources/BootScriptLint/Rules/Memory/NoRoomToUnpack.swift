import Diagnostics

struct NoRoomToUnpack: ScriptRule {
  static let card = RuleCard(
    id: "script-no-room-to-unpack", family: .script, severity: .warning,
    summary: "less room follows a kernel than it unpacks to",
    why: """
      A zImage unpacks itself near the beginning of memory, and takes what it needs. Where tree or initrd are not moved away by \
      U-Boot it writes over them, and the kernel says that it finds no initrd, or nothing.
      """,
    source: "Linux's arch/arm/boot/compressed/head.S, which has the sizes in a table",
    bad: [
      .hush(
        "load mmc 0:1 0x42000000 zImage\nload mmc 0:1 «0x42800000» initrd\nbootz 0x42000000 0x42800000:${filesize}",
        .card([.zImage("/zImage", unpacked: 0x180_0000), .gzip("/initrd")]))
    ],
    good: [
      .hush(
        "load mmc 0:1 0x42000000 zImage\nload mmc 0:1 0x44000000 initrd\nbootz 0x42000000 0x44000000:${filesize}",
        .card([.zImage("/zImage", unpacked: 0x180_0000), .gzip("/initrd")]))
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    // Xen copies dom0's kernel out before it unpacks.
    guard !script.isForXen, let boot = script.boots.last else { return }
    let operands = script.operands(of: boot)
    guard let kernel = script.load(for: operands.first, before: boot), let start = kernel.address,
      let needed = kernel.file?.unpackedSize
    else { return }
    let own = operands.dropFirst().compactMap(\.addressPart)
    for one in script.placed where own.contains(one.start) && one.start > start {
      guard one.start - start < needed, let word = one.load.addressWord,
        one.start - start >= kernel.file?.size ?? 0
      else { continue }
      findings.report(
        "\(hex(one.start - start)) bytes lie between the kernel and \(one.name), and it unpacks to \(hex(needed))",
        at: word.range, help: "load it from \(hex((start + needed + 0xF_FFFF) & ~0xF_FFFF)) on")
      return
    }
  }
}
