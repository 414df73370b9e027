import Diagnostics

struct HashStartsComment: ScriptRule {
  static let card = RuleCard(
    id: "script-hash-starts-comment", family: .script, severity: .error,
    summary: "a property's name that begins with # starts a comment",
    why: """
      The rest of the line is not read, so `fdt set` has no property to set: it prints its usage, and \
      the tree keeps the cells that it had.
      """,
    source: "U-Boot's common/cli_hush.c, parse_stream",
    bad: [.hush("fdt addr 0x43000000\nfdt set /chosen «#address-cells <1>»")],
    good: [.hush("fdt addr 0x43000000\nfdt set /chosen \\#address-cells <1>")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for comment in script.marks.comments where script.marks.inCommand.contains(comment.lowerBound) {
      let word = script.text[comment].dropFirst().prefix { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
      guard word.suffix(6).elementsEqual("-cells".utf8) else { continue }
      findings.report(
        "`#` starts a comment here, and the property is never set", at: comment,
        help: "write a backslash before it: `\\#\(String(decoding: word, as: UTF8.self))`")
    }
  }
}
