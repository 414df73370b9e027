import Diagnostics

struct StaleImage: ScriptRule {
  static let card = RuleCard(
    id: "script-stale-image", family: .script, severity: .error,
    summary: "boot.scr does not hold the boot.cmd beside it",
    why: "U-Boot runs the image. Whoever edits the text alone sees no change, and looks elsewhere.",
    after: ["script-bad-image"],
    source: "U-Boot's cmd/source.c",
    bad: [
      RuleExample(
        "«»echo old\n", in: .scriptImage, for: .beside(["boot.cmd": Array("echo new\n".utf8)]))
    ],
    good: [
      RuleExample(
        "echo new\n", in: .scriptImage, for: .beside(["boot.cmd": Array("echo new\n".utf8)]))
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard script.kind == .image, script.imageError == nil, let name = sourceName(of: script.file),
      let source = script.target.siblings[name], source != script.text
    else { return }
    // mkimage keeps a text as it is; some tools add a line's end.
    if script.text == source + [0x0A] || script.text + [0x0A] == source { return }
    findings.report(
      "the image does not hold what `\(name)` beside it says", at: 0..<0,
      help: "make it again: `mkimage -A arm -O linux -T script -C none -d \(name) FILE`")
  }

  /// `boot.cmd` for `boot.scr` and `boot.scr.uimg`.
  private static func sourceName(of file: String) -> String? {
    guard let last = file.split(separator: "/").last, let end = last.firstRange(of: ".scr") else {
      return nil
    }
    return last[..<end.lowerBound] + ".cmd"
  }
}
