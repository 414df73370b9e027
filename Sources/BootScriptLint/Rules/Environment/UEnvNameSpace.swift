import Diagnostics
import Hush

struct UEnvNameSpace: ScriptRule {
  static let card = RuleCard(
    id: "uenv-name-space", family: .uenv, severity: .error,
    summary: "a blank before the equals sign is part of the name",
    why:
      "Nothing asks for a variable of that name, so the line has no effect; `export ` before a name does the same.",
    source: "U-Boot's lib/hashtable.c, himport_r; tried with U-Boot 2023.01",
    bad: [.uenv("«kernel »= zImage\n"), .uenv("«export kernel»=zImage\n")],
    good: [.uenv("kernel=zImage\n"), .uenv("  kernel=zImage\n")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for entry in script.environment?.entries ?? [] {
      guard entry.value != nil, entry.name.contains(0x20) || entry.name.contains(0x09) else {
        continue
      }
      let name = String(decoding: entry.name, as: UTF8.self)
      let start = entry.range.lowerBound
      findings.report(
        "the name is `\(name)`, with the blank", at: start..<(start + entry.name.count),
        help: name.hasPrefix("export ") ? "take `export` out" : "write `\(name.trimmed)=VALUE`")
    }
  }
}
