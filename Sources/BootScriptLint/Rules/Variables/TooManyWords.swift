import Diagnostics
import Hush

struct TooManyWords: ScriptRule {
  static let card = RuleCard(
    id: "script-too-many-words", family: .script, severity: .error,
    summary: "a command has more words than U-Boot takes",
    why: """
      U-Boot prints the command's usage, does nothing, and goes on: `setenv bootargs` with 15 unquoted \
      words leaves the variable as it was.
      """,
    source:
      "SYS_MAXARGS 16 in the builds for sunxi of U-Boot 2023.01; common/command.c, cmd_process",
    bad: [.hush("«setenv bootargs a b c d e f g h i j k l m n o»")],
    good: [.hush("setenv bootargs \"a b c d e f g h i j k l m n o\"")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    // The tree's command has a limit of its own.
    for command in script.commands where !command.isLoop && command.name != "fdt" {
      let count = command.words.reduce(0) { count, word in
        guard !word.isQuoted, !word.word.variables.isEmpty, let text = word.text else {
          return count + 1
        }
        return count + text.split(whereSeparator: { $0 == " " || $0 == "\t" }).count
      }
      guard count > script.target.mostWords else { continue }
      findings.report(
        "the command has \(count) words, and this U-Boot takes \(script.target.mostWords)",
        at: command.range, help: "put the value between quotes")
    }
  }
}
