import Diagnostics
import Hush

struct UnsupportedExpansion: ScriptRule {
  static let card = RuleCard(
    id: "script-unsupported-expansion", family: .script, severity: .error,
    summary: "a form of ${…} that U-Boot's shell does not have",
    why: """
      Only `${NAME}`, `${NAME:-VALUE}`, `${NAME:=VALUE}` and `${NAME:+VALUE}` are known. What else stands \
      between the braces is taken for the name of a variable that nobody has set.
      """,
    source: "U-Boot's common/cli_hush.c, handle_dollar and lookup_param; tried with U-Boot 2023.01",
    bad: [
      .hush("echo «${fdtfile%.dtb}»"), .hush("echo «${#fdtfile}»"), .hush("echo «${${which}»}"),
      .hush("echo «${fdtfile#sun7i-}»"), .hush("echo «${fdtfile/a/b}»"),
    ],
    good: [.hush("echo ${fdtfile:-none}"), .hush("echo ${serial#}")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for command in script.commands where !command.isInVariable {
      for word in command.words + command.assignments {
        for variable in word.word.variables where isUnknown(variable.text) {
          let text = String(decoding: variable.text, as: UTF8.self)
          findings.report(
            "`${\(text)}` is no form that U-Boot's shell has: it gives nothing", at: variable.range,
            help:
              "set a variable to the value that is wanted; `setexpr NAME sub` can cut texts where it is built in"
          )
        }
      }
    }
  }

  private static func isUnknown(_ text: [UInt8]) -> Bool {
    if text == Array("$?".utf8) { return false }
    let name = text.prefix { $0 != UInt8(ascii: ":") }
    if name.contains(where: { "%/$^,@!*".utf8.contains($0) }) { return true }
    // `serial#` is the name of a variable.
    if let sign = name.firstIndex(of: UInt8(ascii: "#")),
      sign != name.index(before: name.endIndex) || sign == name.startIndex
    {
      return true
    }
    guard name.endIndex < text.endIndex else { return false }
    let next = name.endIndex + 1
    return next >= text.endIndex || !"-=+".utf8.contains(text[next])
  }
}
