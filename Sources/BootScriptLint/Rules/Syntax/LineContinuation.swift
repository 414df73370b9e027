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
    good: [
      .hush("load mmc 0:1 0x42000000 zImage"), .hush("# a path \\\necho done"),
      .hush("load mmc 0:1 0x42000000 zImage \\\n  && load mmc 0:1 0x43000000 board.dtb"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for place in script.marks.continuations where !isHarmless(place, script.text) {
      findings.report(
        "the backslash does not continue the line: the line's end becomes part of the word",
        at: place..<(place + 1), help: "write it on one line")
    }
  }

  /// Where an operator follows, the line's end is a word of its own at the end of a command, which those
  /// that load files take for no limit of their length. Many boards are booted so.
  private static func isHarmless(_ place: Int, _ text: [UInt8]) -> Bool {
    guard place > 0, text[place - 1] == 0x20 || text[place - 1] == 0x09 else { return false }
    let start = text[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = String(decoding: text[start..<place], as: UTF8.self)
    guard line.contains(/\b(load|fatload|ext[24]load|tftpboot|tftp)\b/) else { return false }
    let rest = text[(place + 1)...].drop { $0 == 0x0D || $0 == 0x0A }
      .drop { $0 == 0x20 || $0 == 0x09 }.prefix(2)
    return rest.elementsEqual("&&".utf8) || rest.elementsEqual("||".utf8)
  }
}
