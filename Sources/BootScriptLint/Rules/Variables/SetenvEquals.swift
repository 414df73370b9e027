import Diagnostics

struct SetenvEquals: ScriptRule {
  static let card = RuleCard(
    id: "script-setenv-equals", family: .script, severity: .error,
    summary: "setenv is given NAME=VALUE",
    why: "U-Boot refuses a name with an equals sign in it, and the variable keeps what it had.",
    source: "U-Boot's cmd/nvedit.c, _do_env_set; tried with U-Boot 2023.01",
    bad: [.hush("setenv «console=ttyS0»"), .hush("setenv console «=» ttyS0")],
    good: [.hush("setenv console ttyS0"), .hush("setenv bootargs console=ttyS0")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for command in script.commands where command.name == "setenv" {
      let words = command.words.dropFirst().drop { $0.literal == "-f" }
      guard let name = words.first else { continue }
      if name.value.outline.contains("=") {
        findings.report(
          "the equals sign is part of the name, and U-Boot refuses it", at: name.range,
          help: "write a blank in its place")
      } else if let value = words.dropFirst().first, value.literal == "=" {
        findings.report(
          "the equals sign becomes part of the value", at: value.range, help: "take it out")
      }
    }
  }
}
