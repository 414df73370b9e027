import Diagnostics

struct SpacedAssignment: ScriptRule {
  static let card = RuleCard(
    id: "script-spaced-assignment", family: .script, severity: .error,
    summary: "blanks stand around the = of an assignment",
    why:
      "The name is taken for a command, which U-Boot does not know; the script goes on without the value.",
    source: "U-Boot's common/cli_hush.c, is_assignment; tried with U-Boot 2023.01",
    bad: [.hush("«kernel = zImage»\necho ${kernel}"), .hush("«kernel =zImage»")],
    good: [.hush("kernel=zImage\necho ${kernel}"), .hush("test a = b")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for command in script.commands where !command.isLoop && command.words.count > 1 {
      guard let name = command.words[0].literal, command.words[1].literal?.hasPrefix("=") == true,
        !["test", "[", "itest", "echo", "setenv", "env"].contains(name)
      else { continue }
      findings.report(
        "`\(name)` is run as a command here, with `=` as an argument", at: command.range,
        help: "write `\(name)=VALUE`, or `setenv \(name) VALUE` for the environment")
    }
  }
}
