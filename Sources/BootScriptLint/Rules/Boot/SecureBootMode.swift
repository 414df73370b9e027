import Diagnostics

struct SecureBootMode: ScriptRule {
  static let card = RuleCard(
    id: "script-secure-boot-mode", family: .script, severity: .error,
    summary: "Xen is entered without HYP mode",
    why: """
      With `bootm_boot_mode=sec` U-Boot enters the kernel in secure SVC mode. Xen says `CPU must be in HYP mode` where it has an \
      early console, and stops in silence where it has none.
      """,
    context: .xen, source: "U-Boot's arch/arm/lib/bootm.c; Xen's xen/arch/arm/arm32/head.S",
    bad: [
      .hush(
        "«setenv bootm_boot_mode sec»\nload mmc 0:1 0x42000000 xen\nbootz 0x42000000 - 0x43000000")
    ],
    good: [
      .hush(
        "setenv bootm_boot_mode nonsec\nload mmc 0:1 0x42000000 xen\nbootz 0x42000000 - 0x43000000"),
      .hush(
        "setenv bootm_boot_mode sec\nload mmc 0:1 0x42000000 zImage\nbootz 0x42000000 - 0x43000000"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for command in script.commands where !command.isLoop {
      for set in ScriptEffect(of: command).sets
      where set.name == "bootm_boot_mode" && set.value?.text == "sec" {
        findings.report(
          "Xen would not be entered in HYP mode", at: command.range, help: "take it out")
      }
    }
    if script.target.hasHYP == false, let boot = script.boots.last {
      findings.report(
        "this chip has no HYP mode, and Xen needs it", at: script.commands[boot].range)
    }
  }
}
