import Diagnostics
import Hush

struct UEnvQuotedValue: ScriptRule {
  static let card = RuleCard(
    id: "uenv-quoted-value", family: .uenv, severity: .warning,
    summary: "quotes around a value are kept",
    why:
      "The value is everything behind the equals sign, quotes and all: a file or a root device is then named with them.",
    source: "U-Boot's lib/hashtable.c, himport_r; tried with U-Boot 2023.01",
    bad: [.uenv("kernel=«\"zImage\"»\n")],
    good: [.uenv("kernel=zImage\n"), .uenv("extra=a=\"b\" c\n")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for entry in script.environment?.entries ?? [] {
      guard let value = entry.value, value.count > 1, let sign = value.first, sign == value.last,
        sign == UInt8(ascii: "\"") || sign == UInt8(ascii: "'"),
        !value.dropFirst().dropLast().contains(sign)
      else { continue }
      findings.report(
        "the quotes become part of the value", at: entry.valueRange, help: "take them out")
    }
  }
}
