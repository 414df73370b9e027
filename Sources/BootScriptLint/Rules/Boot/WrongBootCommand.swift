import BootImages
import Diagnostics

struct WrongBootCommand: ScriptRule {
  static let card = RuleCard(
    id: "script-wrong-boot-command", family: .script, severity: .error,
    summary: "the boot command does not take this kind of kernel",
    why: """
      `bootz` wants a zImage, `bootm` U-Boot's header, `booti` a 64-bit Image. Else U-Boot says `Bad Linux ARM zImage magic!` or \
      `Wrong Image Format`, and the script goes on.
      """,
    source: "U-Boot's cmd/bootz.c, cmd/bootm.c, cmd/booti.c",
    bad: [
      .hush("load mmc 0:1 0x42000000 uImage\n«bootz» 0x42000000 - 0x43000000"),
      .hush(
        "load mmc 0:1 0x42000000 kernel\n«bootm» 0x42000000 - 0x43000000",
        .card([.zImage("/kernel")])),
      .hush("«booti» 0x42000000 - 0x43000000"),
    ],
    good: [
      .hush("load mmc 0:1 0x42000000 zImage\nbootz 0x42000000 - 0x43000000"),
      .hush(
        "load mmc 0:1 0x42000000 kernel\nbootm 0x42000000 - 0x43000000", .card([.uImage("/kernel")])
      ),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for boot in script.boots.prefix(ScriptFindings.mostOfARule) {
      guard let name = script.commands[boot].words.first, let command = name.text else { continue }
      if command == "booti", script.target.is32Bit == true {
        findings.report("`booti` is for 64-bit processors", at: name.range, help: "write `bootz`")
        continue
      }
      guard let load = script.load(for: script.operands(of: boot).first, before: boot) else {
        continue
      }
      let isWrapped: Bool
      switch load.file?.kind {
      case .uImage?: isWrapped = true
      case .zImage?, .xen?, .arm64Image?: isWrapped = false
      case nil where load.baseName.hasPrefix("uImage"): isWrapped = true
      case nil where load.baseName.hasPrefix("zImage"): isWrapped = false
      default: continue
      }
      if isWrapped, command != "bootm" {
        findings.report(
          "`\(command)` does not take a uImage", at: name.range, help: "write `bootm`")
      } else if !isWrapped, command == "bootm" {
        findings.report(
          "`bootm` wants U-Boot's header, which this kernel does not have", at: name.range,
          help: load.file?.kind == .arm64Image ? "write `booti`" : "write `bootz`")
      }
    }
  }
}
