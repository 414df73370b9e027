import Diagnostics

struct UnknownCommand: ScriptRule {
  static let card = RuleCard(
    id: "script-unknown-command", family: .script, severity: .error,
    summary: "a command that this U-Boot does not have",
    why: "U-Boot says `Unknown command`, and the script goes on as after any failure.",
    after: [
      "script-spaced-assignment", "script-foreign-shell", "script-odd-bytes",
      "script-wrong-boot-command",
    ],
    source: "the table of commands in the package u-boot-sunxi 2023.01",
    bad: [.hush("«unzip» 0x44000000 0x42000000"), .hush("«lod» mmc 0:1 0x42000000 zImage")],
    good: [
      .hush("load mmc 0:1 0x42000000 zImage"), .hush("${command} now"),
      .hush("tftp 0x42000000 zImage"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard let known = script.target.commands else { return }
    for command in script.commands where !command.isLoop {
      guard let first = command.words.first, let name = first.literal, !known.contains(name) else {
        continue
      }
      // A command may be cut short where that is clear; what follows a dot is for `.b`, `.w`, `.l`.
      let stem = String(name.prefix { $0 != "." })
      if known.contains(stem) { continue }
      if known.lazy.filter({ $0.hasPrefix(stem) }).prefix(2).count == 1 { continue }
      findings.report(
        "this U-Boot has no command `\(name)`", at: first.range,
        help: name.utf8.count < 64
          ? Spelling.nearest(to: name, among: known.sorted()).map { "did you mean `\($0)`?" } : nil)
    }
  }
}
