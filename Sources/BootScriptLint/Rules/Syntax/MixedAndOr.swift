import Diagnostics
import Hush

struct MixedAndOr: ScriptRule {
  static let card = RuleCard(
    id: "script-mixed-and-or", family: .script, severity: .error,
    summary: "&& and || stand in one list",
    why: """
      Once the shell skips a command of a list it skips all the rest of it: of `load && boot || echo \
      failed` nothing runs when the load fails.
      """,
    source:
      "U-Boot's common/cli_hush.c, run_list_real, skip_more_in_this_rmode; tried with U-Boot 2023.01",
    bad: [.hush("true && boot «||» echo failed")],
    good: [.hush("if true; then boot; else echo failed; fi"), .hush("true && true && boot")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    var previous: ScriptCommand?
    var told = -1
    for command in script.commands {
      defer { previous = command }
      guard let before = previous, before.chain == command.chain, before.before != .sequence,
        command.before != .sequence, before.before != command.before, told != command.chain
      else { continue }
      told = command.chain
      var start = before.range.upperBound
      let text = script.text
      while start < command.range.lowerBound, text[start] == 0x20 || text[start] == 0x09 {
        start += 1
      }
      let range = command.isInVariable ? command.range : start..<min(start + 2, text.count)
      findings.report(
        "`&&` and `||` stand in one list: after the first command that is skipped, nothing of it runs",
        at: range, help: "write it with `if`, `then` and `else`")
    }
  }
}
