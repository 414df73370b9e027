import Diagnostics

struct ApostropheInQuotes: ScriptRule {
  static let card = RuleCard(
    id: "script-apostrophe-in-quotes", family: .script, severity: .error,
    summary: "an apostrophe within double quotes opens a span in single quotes",
    why: """
      The old shell looks for single quotes within double ones too. Without a second apostrophe all the \
      rest of the script is dropped; with one, what stands between the two is taken as it is, and no \
      variable in it is put in.
      """,
    source: "U-Boot's common/cli_hush.c, parse_stream; tried with U-Boot 2023.01",
    bad: [.hush("echo \"it«'»s alive\"\nboot"), .hush("echo \"it«'s ${x}'»\"")],
    good: [.hush("echo \"it is alive\"")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for apostrophe in script.marks.apostrophes {
      findings.report(
        apostrophe.isClosed
          ? "between these apostrophes within double quotes nothing is put in"
          : "the apostrophe within double quotes is closed nowhere: all that follows is dropped",
        at: apostrophe.isClosed
          ? apostrophe.range : apostrophe.range.lowerBound..<(apostrophe.range.lowerBound + 1),
        severity: apostrophe.isClosed ? .warning : .error,
        help: "write the sentence without an apostrophe")
    }
  }
}
