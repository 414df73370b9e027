import Diagnostics
import Hush

struct RunUndefined: ScriptRule {
  static let card = RuleCard(
    id: "script-run-undefined", family: .script, severity: .error,
    summary: "a variable is run that is not defined",
    why: "`run` says `\"NAME\" not defined`, fails, and runs none of the names behind it.",
    after: ["script-local-not-env"],
    source: "U-Boot's common/cli.c, do_run; tried with U-Boot 2023.01",
    bad: [.hush("run «load_all»"), .uenv("uenvcmd=run «start»\n")],
    good: [
      .hush("setenv load_all 'echo'\nrun load_all"), .hush("run distro_bootcmd"),
      .uenv("start=echo\nuenvcmd=run start\n"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for command in script.commands where !command.isLoop {
      for word in ScriptEffect(of: command).runs {
        guard let name = word.text, !script.mayBeSet(name, at: command) || isLocal(name, script),
          word.word.variables.isEmpty
        else { continue }
        findings.report(
          "`\(name)` is not defined",
          at: command.isInVariable && word.range.isEmpty ? command.range : word.range,
          help: "define it with `setenv \(name) '…'` before")
      }
    }
  }

  private static func isLocal(_ name: String, _ script: ScriptContext) -> Bool {
    script.localNames.contains(name) && !script.environmentNames.contains(name)
      && script.target.environment.map { $0[name] == nil } ?? false
  }
}
