import Diagnostics
import Hush

struct UnguardedLoad: ScriptRule {
  static let card = RuleCard(
    id: "script-unguarded-load", family: .script, severity: .warning,
    summary: "a load may fail unseen before its file is booted",
    why:
      "The script goes on after a failure, and boots what lay in memory: the file of the last try, or nothing. `filesize` keeps the value of another file.",
    source: "tried with U-Boot 2023.01",
    bad: [.hush("«load mmc 0:1 0x42000000 zImage»\nbootz 0x42000000 - 0x43000000")],
    good: [
      .hush("if load mmc 0:1 0x42000000 zImage; then\n  bootz 0x42000000 - 0x43000000\nfi"),
      .hush("load mmc 0:1 0x42000000 zImage && bootz 0x42000000 - 0x43000000"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard let last = script.boots.last else { return }
    let isForXen = script.isForXen
    var used: Set<UInt64> = []
    var variables: Set<String> = []
    for boot in script.boots.prefix(256) {
      for word in script.operands(of: boot) {
        if let address = word.addressPart { used.insert(address) }
        variables.formUnion(word.variables)
      }
    }
    for load in script.loads where load.command < last {
      let command = script.commands[load.command]
      guard !command.isChecked, command.before == .sequence, let word = load.addressWord else {
        continue
      }
      let isUsed =
        load.address.map(used.contains) ?? false
        || word.variables.contains(where: variables.contains)
        || isForXen
      guard isUsed, !isAsked(load.command + 1, script) else { continue }
      findings.report(
        "a failure of this load is not seen before the boot", at: command.range,
        help: "write `if load …; then`, or `&&` behind it")
    }
  }

  /// Whether the next command looks at the return code.
  private static func isAsked(_ number: Int, _ script: ScriptContext) -> Bool {
    guard script.commands.indices.contains(number) else { return false }
    return script.commands[number].words.contains { $0.variables.contains("$?") }
  }
}
