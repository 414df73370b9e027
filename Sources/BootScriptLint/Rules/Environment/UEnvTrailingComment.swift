import Diagnostics
import Hush

struct UEnvTrailingComment: ScriptRule {
  static let card = RuleCard(
    id: "uenv-trailing-comment", family: .uenv, severity: .warning,
    summary: "a comment behind a value is part of it",
    why:
      "Only a line that begins with `#` is a comment. Behind a value it goes to the kernel's command line or into a file's name.",
    source: "U-Boot's lib/hashtable.c, himport_r; tried with U-Boot 2023.01",
    bad: [.uenv("kernel=zImage «# the new one»\n")],
    good: [
      .uenv("# the new one\nkernel=zImage\n"), .uenv("bootargs=quiet #1\n"), .uenv("label=a#b\n"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for entry in script.environment?.entries ?? [] where entry.value != nil {
      let written = script.text[entry.valueRange]
      // A script of several lines has comments of its own.
      if written.contains(0x0A) { continue }
      var sign: Int?
      for index in written.indices.dropFirst()
      where written[index] == UInt8(ascii: "#") && isBlank(written[index - 1])
        && begins(written[(index + 1)...])
      {
        sign = index
        break
      }
      guard let sign else { continue }
      findings.report(
        "this becomes part of the value", at: sign..<entry.valueRange.upperBound,
        help: "put the comment on a line of its own")
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// `#1` is rather an argument than a comment.
  private static func begins(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.first.map { isBlank($0) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
      ?? false
  }
}
