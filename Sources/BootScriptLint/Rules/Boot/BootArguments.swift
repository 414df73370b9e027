import BootImages
import Diagnostics

struct BootArguments: ScriptRule {
  static let card = RuleCard(
    id: "script-boot-arguments", family: .script, severity: .error,
    summary: "the operands of a boot command are not what it takes them for",
    why: """
      It is `bootz KERNEL INITRD TREE`, with `-` where there is no initrd. An initrd without U-Boot's header needs its size, \
      `ADDRESS:SIZE`, or U-Boot says `Wrong Ramdisk Image Format`; one with a header has it inside.
      """,
    after: ["script-stale-filesize"],
    source: "U-Boot's boot/image-board.c, boot_get_ramdisk; cmd/bootz.c",
    bad: [
      .hush("load mmc 0:1 0x43000000 board.dtb\nbootz 0x42000000 «0x43000000»"),
      .hush("bootz ${kernel_addr_r} «${fdt_addr_r}»"),
      .hush("load mmc 0:1 0x44000000 initrd.img\nbootz 0x42000000 «0x44000000» 0x43000000"),
      .hush(
        "load mmc 0:1 0x44000000 uInitrd\nbootz 0x42000000 «0x44000000:${filesize}» 0x43000000",
        .card([.uImage("/uInitrd", kind: 3)])),
    ],
    good: [
      .hush("bootz 0x42000000 - 0x43000000"),
      .hush(
        "load mmc 0:1 0x44000000 initrd.img\nbootz 0x42000000 0x44000000:${filesize} 0x43000000"),
      .hush(
        "load mmc 0:1 0x44000000 uInitrd\nbootm 0x42000000 0x44000000 0x43000000",
        .card([.uImage("/uInitrd", kind: 3)])),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for boot in script.boots.prefix(ScriptFindings.mostOfARule) {
      let operands = script.operands(of: boot)
      guard operands.count > 1, operands[1].text != "-" else { continue }
      let initrd = operands[1]
      let load = script.load(for: initrd, before: boot)
      let name = load?.baseName ?? ""
      if load?.file?.kind == .deviceTree || name.hasSuffix(".dtb")
        || (load == nil && operands.count == 2 && initrd.variables.first?.hasPrefix("fdt") == true)
      {
        findings.report(
          "the tree stands where the initrd is looked for", at: initrd.range,
          help: "write `-` before it")
        continue
      }
      guard let load else { continue }
      let isWrapped: Bool? =
        if let kind = load.file?.kind {
          if case .uImage = kind { true } else { false }
        } else {
          Self.guess(name)
        }
      guard let isWrapped else { continue }
      if !isWrapped, !initrd.hasSize {
        findings.report(
          "an initrd without U-Boot's header needs its size", at: initrd.range,
          help: "write `ADDRESS:${filesize}` right behind its load")
      } else if isWrapped, initrd.hasSize, load.file != nil {
        findings.report(
          "with a size U-Boot takes its own header for a part of the initrd", at: initrd.range,
          help: "name the address alone")
      }
    }
  }

  /// By the name, where nobody has the file.
  private static func guess(_ name: String) -> Bool? {
    if name.hasPrefix("uInitrd") || name.hasPrefix("uRamdisk") || name.contains(".uboot") {
      return true
    }
    return ["initrd", "initramfs", "ramdisk"].contains { name.hasPrefix($0) } ? false : nil
  }
}
