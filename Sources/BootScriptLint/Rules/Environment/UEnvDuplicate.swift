import Diagnostics
import Hush

struct UEnvDuplicate: ScriptRule {
  static let card = RuleCard(
    id: "uenv-duplicate", family: .uenv, severity: .warning,
    summary: "a variable is set twice",
    why: "The last line counts, which is not the one that somebody finds first.",
    source: "U-Boot's lib/hashtable.c, himport_r",
    bad: [.uenv("kernel=uImage\n«kernel=zImage»\n")],
    good: [.uenv("kernel=uImage\nkernel2=zImage\n")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    var lines: Set<[UInt8]> = []
    for entry in script.environment?.entries ?? [] where entry.value != nil {
      guard !lines.insert(entry.name).inserted else { continue }
      findings.report(
        "`\(String(decoding: entry.name, as: UTF8.self))` is set above, and this replaces it",
        at: entry.range,
        help: "take one of them out")
    }
  }
}
