import Diagnostics

struct OddBytes: ScriptRule {
  static let card = RuleCard(
    id: "script-odd-bytes", family: .script, severity: .warning,
    summary: "bytes that are no plain text stand in a script",
    why: """
      A byte-order mark becomes part of the first command's name, a NUL ends the script, and a letter \
      outside of ASCII in a name or argument is rarely the one that the file or the kernel has.
      """,
    source: "U-Boot's common/cli_hush.c; tried with U-Boot 2023.01",
    bad: [
      .hush("«\u{FEFF}»echo hello"), .hush("setenv bootargs root=«–»ro"),
      .hush("echo a«\0»\necho b"),
    ],
    good: [.hush("# Grüße\necho hello")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    let text = script.text
    var comments = script.marks.comments[...]
    var hasNUL = false
    var hasOther = false
    var index = 0
    if text.starts(with: [0xEF, 0xBB, 0xBF]) {
      findings.report(
        "the file begins with a byte-order mark, which becomes part of the first word", at: 0..<3,
        help: "save it as UTF-8 without a mark")
      index = 3
    }
    while index < text.count, !hasNUL || !hasOther {
      let byte = text[index]
      while let first = comments.first, first.upperBound <= index { comments.removeFirst() }
      let isComment = comments.first?.contains(index) == true
      if byte == 0, !hasNUL {
        hasNUL = true
        findings.report(
          "a NUL ends the script: nothing behind it is read", at: index..<(index + 1),
          help: "take it out")
      } else if byte >= 0x80, !isComment, !hasOther {
        hasOther = true
        var end = index + 1
        while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
        findings.report(
          "a letter outside of ASCII stands outside of a comment", at: index..<end,
          help: "write plain ASCII; a dash or quote may come from a word processor")
      }
      index += 1
    }
  }
}
