import Diagnostics
import Hush

struct UnquotedTest: ScriptRule {
  static let card = RuleCard(
    id: "script-unquoted-test", family: .script, severity: .warning,
    summary: "a variable in test stands without quotes",
    why: """
      Where the variable is not set, or holds a blank, the words shift: `test ${x} = y` becomes \
      `test = y`, which is true.
      """,
    source: "U-Boot's common/cli_hush.c and cmd/test.c; tried with U-Boot 2023.01",
    bad: [
      .hush("if test «${bootmode}» = safe; then boot; fi"),
      .hush("if test -z «${mode}»; then boot; fi"),
    ],
    good: [
      .hush("if test \"${bootmode}\" = safe; then boot; fi"),
      .hush("if test -n ${fel_booted}; then boot; fi"),
      .hush("x=5\nif test ${x} = 5; then boot; fi"),
      .hush("if test ${devnum} -eq 0; then boot; fi", .card()),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for command in script.commands where command.name == "test" || command.name == "[" {
      // `test -n` alone counts its words.
      if command.words.count == 3, command.words[1].literal == "-n" { continue }
      // `-e` takes a device as several words, which are never left out on purpose.
      if command.words.contains(where: { $0.literal == "-e" }) { continue }
      for word in command.words.dropFirst() where !word.isQuoted && !word.word.variables.isEmpty {
        if let text = word.text, !text.isEmpty, !text.contains(" ") { continue }
        // Something is left of the word in any case.
        if !word.value.outline.replacing("\u{FFFD}", with: "").isEmpty { continue }
        if word.variables.contains("$?") { continue }
        findings.report(
          "without quotes the words shift when `\(word.variables.joined(separator: "`, `"))` is not set",
          at: word.range, help: "write it between double quotes")
      }
    }
  }
}
