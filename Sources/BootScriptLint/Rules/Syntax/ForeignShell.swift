import Diagnostics
import Hush

struct ForeignShell: ScriptRule {
  static let card = RuleCard(
    id: "script-foreign-shell", family: .script, severity: .error,
    summary: "words of another shell stand in a script for U-Boot",
    why: """
      The shell has no command substitution, functions, `case`, `[[`, here-documents or redirection. \
      The signs are taken as text, or the command is not known and the script goes on.
      """,
    source: "the list at the top of U-Boot's common/cli_hush.c; cmd/test.c",
    bad: [
      .hush("setenv size «$(»stat xen)"), .hush("echo «`»date`"), .hush("«[[» -n \"${x}\" ]]"),
      .hush("echo hello «>» /dev/null"), .hush("«case» ${soc} in"), .hush("cat «<<EOF»"),
    ],
    good: [
      .hush("if test \"${soc}\" = \"sunxi\"; then boot; fi"), .hush("if test 1 < 2; then boot; fi"),
    ])

  private static let words: Set<String> = [
    "[[", "case", "function", "local", "declare", "export", "let", "eval",
  ]

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for place in script.marks.substitutions {
      findings.report(
        "U-Boot's shell has no command substitution", at: place,
        help: "let a command put its result into a variable, as `setexpr` and `part` can")
    }
    for command in script.commands where !command.isLoop {
      if let first = command.words.first, let name = first.literal, words.contains(name),
        !first.isQuoted
      {
        findings.report(
          "`\(name)` is no word of U-Boot's shell", at: first.range,
          help: "use `if`, `test` and `run`")
      }
      // These compare with the signs.
      if ["test", "[", "itest", "[["].contains(command.name) { continue }
      for word in command.words.dropFirst() where !word.isQuoted {
        guard let text = word.literal, isRedirection(text) else { continue }
        findings.report(
          "U-Boot's shell has no redirection: `\(text)` is an argument", at: word.range,
          help: "take it out")
        break
      }
    }
    for fault in script.faults where fault.fault.kind == .singleOperator(UInt8(ascii: "&")) {
      let sign = fault.range.lowerBound
      guard !fault.isInVariable, sign > 0, script.text[sign - 1] == UInt8(ascii: ">") else {
        continue
      }
      findings.report(
        "U-Boot's shell has no redirection, and the `&` in it ends the script",
        at: (sign - 1)..<(sign + 1), help: "take it out")
    }
  }

  private static func isRedirection(_ text: String) -> Bool {
    let rest = text.drop { $0 == "1" || $0 == "2" }
    if rest.hasPrefix("<<") || text == ">" || text == ">>" || text == "2>" { return true }
    return rest.hasPrefix(">") && rest.dropFirst().first.map { $0 == "/" || $0 == ">" } == true
  }
}
