import Diagnostics

struct ExitDoesNotStop: ScriptRule {
  static let card = RuleCard(
    id: "script-exit-does-not-stop", family: .script, severity: .warning,
    summary: "exit does not stop the script",
    why: """
      In U-Boot 2023.01 the lines behind it run all the same, and a loop is not left. There is no \
      `return`.
      """,
    source: "tried with U-Boot 2023.01",
    bad: [.hush("if test \"${a}\" = b; then\n  «exit»\nfi\nboot")],
    good: [.hush("if test \"${a}\" = b; then\n  echo stop\nelse\n  boot\nfi"), .hush("boot\nexit")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for (number, command) in script.commands.enumerated()
    where !command.isLoop && (command.name == "exit" || command.name == "return") {
      let isLast = number == script.commands.count - 1
      guard !isLast || script.branches[command.branch].isLoop else { continue }
      findings.report(
        "`\(command.name)` does not keep the commands behind it from running", at: command.range,
        help: "put what is to be left out into the other part of an `if`")
    }
  }
}
