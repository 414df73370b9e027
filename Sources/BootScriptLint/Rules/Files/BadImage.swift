import BootImages
import Diagnostics

struct BadImage: ScriptRule {
  static let card = RuleCard(
    id: "script-bad-image", family: .script, severity: .error,
    summary: "a script image that U-Boot refuses",
    why: """
      `source` checks the magic number, both checksums and the type, and says `Bad header crc`, `Bad data crc` or \
      `Wrong image format`. A text without a header is the last of these.
      """,
    source: "U-Boot's cmd/source.c, image_source_script",
    bad: [
      RuleExample("echo hello\n", in: .scriptImage, patches: [BytePatch(.header, 0, [0])]),
      RuleExample("echo hello\n", in: .scriptImage, patches: [BytePatch(.header, 24, [0])]),
      RuleExample("echo hello\n", in: .scriptImage, patches: [BytePatch(.header, 76, [0])]),
    ],
    good: [RuleExample("echo hello\n", in: .scriptImage)])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard let error = script.imageError else { return }
    findings.report(
      error.diagnostic.message, at: 0..<0,
      help: "make it again: `mkimage -A arm -O linux -T script -C none -d boot.cmd boot.scr`")
  }
}
