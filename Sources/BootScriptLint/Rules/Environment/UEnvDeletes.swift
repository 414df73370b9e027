import Diagnostics
import Hush

struct UEnvDeletes: ScriptRule {
  static let card = RuleCard(
    id: "uenv-deletes", family: .uenv, severity: .warning,
    summary: "a line deletes a variable",
    why:
      "An empty value, or a line without an equals sign, takes the variable out of the environment, U-Boot's own default too.",
    source: "U-Boot's lib/hashtable.c, himport_r; tried with U-Boot 2023.01",
    bad: [.uenv("«bootargs=»\n"), .uenv("kernel=zImage\n«boot it»\n")],
    good: [.uenv("bootargs=quiet\n\n# end\n")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for entry in script.environment?.entries ?? [] where entry.value == nil && !entry.range.isEmpty
    {
      // A carriage return alone is a blank line of another system.
      let name = String(decoding: entry.name, as: UTF8.self)
      if name.allSatisfy(\.isWhitespace) { continue }
      findings.report(
        "this deletes `\(name)`", at: entry.range,
        help: "give it a value, or take the line out")
    }
  }
}
