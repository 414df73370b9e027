import Diagnostics

struct CRLF: ScriptRule {
  static let card = RuleCard(
    id: "script-crlf", family: .script, severity: .error,
    summary: "lines end with carriage return and line feed",
    why: """
      The carriage return stays a part of the last word: `then` is no keyword any more, and a structure \
      is never closed; a file name or an address is another one; a value of the environment ends with it.
      """,
    source: "U-Boot's common/cli_hush.c and lib/hashtable.c, himport_r; tried with U-Boot 2023.01",
    bad: [
      .hush("if true; then«\r»\n  boot\r\nfi\r\n"), .uenv("kernel=zImage«\r»\n"),
      .menu("label a\n  linux /zImage«\r»\n"),
    ],
    good: [
      .hush("if true; then\n  boot\nfi\n"), .uenv("kernel=zImage\n"),
      .menu("label a\n  linux /zImage\n"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    let text = script.text
    guard
      let first = text.indices.first(where: {
        text[$0] == 0x0D && $0 + 1 < text.count && text[$0 + 1] == 0x0A
      })
    else { return }
    // Plain commands still run, with the sign at the end of their last word.
    let hasControl =
      script.kind == .environment || script.kind == .extlinux || !script.groups.isEmpty
      || !script.faults.isEmpty
    findings.report(
      "lines end with CR LF, and the CR stays part of each line's last word",
      at: first..<(first + 1),
      severity: hasControl ? .error : .warning, help: "save the file with line feeds only")
  }
}
