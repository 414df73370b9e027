import Diagnostics
import Hush

struct UnclosedBlock: ScriptRule {
  static let card = RuleCard(
    id: "script-unclosed-block", family: .script, severity: .error,
    summary: "a control structure lacks a part, or has one too many",
    why: """
      Nothing of the structure runs, and nothing behind it. U-Boot says `syntax error`, and `source` \
      ends as if all were well.
      """,
    source: "U-Boot's common/cli_hush.c, reserved_word; tried with U-Boot 2023.01",
    bad: [
      .hush("«if» test -e mmc 0:1 zImage; then\n  boot"), .hush("echo a\n«fi»\nboot"),
      .hush("for i in 1 2; do echo ${i}; «fi»"),
    ],
    good: [.hush("if test -e mmc 0:1 zImage; then\n  boot\nfi")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    // Where lines end with CR LF no keyword at a line's end is known.
    if script.text.firstRange(of: [0x0D, 0x0A]) != nil { return }
    for fault in script.faults {
      switch fault.fault.kind {
      case .openGroup(let mode):
        let end = mode.keyword.map(closing) ?? "fi"
        findings.report(
          "`\(mode.keyword ?? "")` has no `\(end)`: nothing from here on runs", at: fault.range,
          help: "write `\(end)` at its end; keywords stand at the beginning of a command")
      case .misplaced(let mode):
        findings.report(
          "`\(mode.keyword ?? "")` stands where none may stand: nothing from here on runs",
          at: fault.range,
          help: "see that each `if` has a `then` and a `fi`, each loop a `do` and a `done`")
      case .wordsBehindGroup:
        findings.report(
          "words follow the end of a control structure", at: fault.range, help: "begin a new line")
      case .tooDeep:
        findings.report(
          "more control structures stand within each other than anybody can read", at: fault.range,
          help: "move parts of the script into variables, and run them")
      default: break
      }
    }
  }

  private static func closing(_ keyword: String) -> String { keyword == "if" ? "fi" : "done" }
}
