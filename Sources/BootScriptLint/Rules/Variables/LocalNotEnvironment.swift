import Diagnostics
import Hush

struct LocalNotEnvironment: ScriptRule {
  static let card = RuleCard(
    id: "script-local-not-env", family: .script, severity: .warning,
    summary: "a variable of the shell is expected in the environment",
    why: """
      `NAME=VALUE` sets a variable of the shell only. `run` and U-Boot itself look in the environment: \
      the first says that it is not defined, the other boots without it.
      """,
    source:
      "U-Boot's common/cli_hush.c, set_local_var, and common/cli.c, do_run; tried with U-Boot 2023.01",
    bad: [
      .hush("go='bootz 0x42000000'\n«run go»"),
      .hush("«bootargs=quiet»\nbootz 0x42000000 - 0x43000000"),
    ],
    good: [.hush("setenv go 'bootz 0x42000000'\nrun go"), .hush("file=zImage\necho ${file}")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for command in script.commands where !command.isLoop {
      if command.words.isEmpty {
        for word in command.assignments {
          let name = word.word.assignedName.map { String(decoding: $0, as: UTF8.self) } ?? ""
          guard UBootNames.asked.contains(name), !script.environmentNames.contains(name) else {
            continue
          }
          findings.report(
            "U-Boot looks for `\(name)` in the environment, and this sets a variable of the shell",
            at: word.range, help: "write `setenv \(name) VALUE`")
        }
        continue
      }
      for word in ScriptEffect(of: command).runs {
        guard let name = word.literal, script.localNames.contains(name),
          !script.environmentNames.contains(name), script.target.environment?[name] == nil
        else { continue }
        findings.report(
          "`run` looks in the environment, and `\(name)` is a variable of the shell",
          at: command.range,
          help: "set it with `setenv \(name) '…'`")
      }
    }
  }
}
