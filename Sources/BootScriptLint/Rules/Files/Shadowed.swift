import Diagnostics

struct Shadowed: ScriptRule {
  static let card = RuleCard(
    id: "script-shadowed", family: .script, severity: .warning,
    summary: "U-Boot finds another file before this one",
    why: """
      The boot sequence looks for `extlinux/extlinux.conf` first, then for `boot.scr.uimg`, then for `boot.scr`, in `/` and \
      then in `/boot/`; what boots from the first of them never comes to the next.
      """,
    source: "scan_dev_for_boot in U-Boot's include/config_distro_bootcmd.h",
    bad: [
      RuleExample("«»echo hello\n", in: .scriptImage, for: .beside(["extlinux/extlinux.conf": []])),
      RuleExample("«»echo hello\n", in: .scriptImage, for: .beside(["boot.scr.uimg": []])),
    ],
    good: [
      RuleExample(
        "echo hello\n", in: .scriptImage, for: .beside(["boot.cmd": Array("echo hello\n".utf8)]))
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard script.kind == .image, script.target.bootloader == .mainline else { return }
    let own = script.file.split(separator: "/").last.map(String.init) ?? script.file
    let image = script.target.image
    for name in ["extlinux/extlinux.conf", "boot.scr.uimg"] where own != name {
      let onCard =
        image.flatMap { card in card.volume(card.bootPartition)?.stored(card.prefix + name) } != nil
      guard script.target.siblings[name] != nil || onCard else { continue }
      findings.report(
        "U-Boot takes `\(name)` before this script", at: 0..<0,
        help: "remove the one that is not meant")
      return
    }
  }
}
