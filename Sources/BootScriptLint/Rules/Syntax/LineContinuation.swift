import Diagnostics

struct LineContinuation: ScriptRule {
  static let card = RuleCard(
    id: "script-line-continuation", family: .script, severity: .error,
    summary: "a backslash at a line's end does not continue the line",
    why: """
      The shell keeps the line's end as a part of the word, so that two words become one with a line's \
      end in it: an address or a file name that nothing knows.
      """,
    source: "U-Boot's common/cli_hush.c, parse_stream; tried with U-Boot 2023.01",
    bad: [.hush("load mmc 0:1 0x42000000 «\\»\n  zImage")],
    good: [.hush("load mmc 0:1 0x42000000 zImage"), .hush("# a path \\\necho done")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for place in script.marks.continuations {
      findings.report(
        "the backslash does not continue the line: the line's end becomes part of the word",
        at: place..<(place + 1), help: "write it on one line")
    }
  }
}
