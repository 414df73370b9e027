import Diagnostics

struct SaveEnvironment: ScriptRule {
  static let card = RuleCard(
    id: "script-saveenv", family: .script, severity: .warning,
    summary: "a boot script saves the environment",
    why: """
      It writes at each boot, wears the card, and keeps for ever what was meant for one boot. Where the \
      environment lies outside of a filesystem it may lie within U-Boot itself.
      """,
    source:
      "U-Boot's cmd/nvedit.c; include/configs/sunxi-common.h of 2013, which has it at 544 KiB",
    bad: [.hush("setenv bootargs quiet\n«saveenv»"), .hush("«env save»")],
    good: [.hush("setenv bootargs quiet")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for command in script.commands
    where command.name == "saveenv"
      || (command.name == "env" && command.words.dropFirst().first?.literal == "save")
    {
      findings.report(
        "the environment is saved at each boot", at: command.range, help: "take it out")
    }
  }
}
