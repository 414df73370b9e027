import Diagnostics
import Hush

struct UnsetVariable: ScriptRule {
  static let card = RuleCard(
    id: "script-unset-variable", family: .script, severity: .warning,
    summary: "a variable is used that nothing sets",
    why: """
      Nothing is put in, and nothing is said: a load goes to a missing address, a path loses a part. The \
      script does not set it, and neither does U-Boot's default environment.
      """,
    after: ["script-unsupported-expansion"],
    source:
      "U-Boot's common/cli_hush.c, lookup_param; its include/configs/sunxi-common.h and include/config_distro_bootcmd.h",
    bad: [.hush("load mmc 0:1 «${kernel_addr}» zImage")],
    good: [
      .hush("load mmc 0:1 ${kernel_addr_r} zImage"), .hush("echo ${mode:-none}"),
      .hush("if test \"${mode}\" = safe; then echo safe; fi"),
      .hush("env import -t 0x42000000 100\necho ${anything}"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard script.target.environment != nil else { return }
    // What is asked about may be set by the user, or not.
    var asked: Set<String> = []
    for command in script.commands where ["test", "[", "env"].contains(command.name) {
      for word in command.words {
        asked.formUnion(word.variables)
        if command.words.dropFirst().first?.literal == "exists", let name = word.literal {
          asked.insert(name)
        }
      }
    }
    for command in script.commands where !command.isInVariable {
      for word in command.words + command.assignments {
        for variable in word.word.variables where variable.text != Array("$?".utf8) {
          let name = variable.name
          guard variable.text.count == name.utf8.count, !asked.contains(name),
            !script.mayBeSet(name, at: command), isName(name), !UBootNames.asked.contains(name)
          else { continue }
          findings.report(
            "nothing sets `\(name)`", at: variable.range,
            help: nearest(to: name, in: script).map { "did you mean `\($0)`?" }
              ?? "set it, or give a default: `${\(name):-VALUE}`")
        }
      }
    }
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"%/${}".utf8.contains($0) }
  }

  private static func nearest(to name: String, in script: ScriptContext) -> String? {
    guard script.environmentNames.count + script.localNames.count < 1000 else { return nil }
    let known = script.environmentNames.union(script.localNames).union(
      script.target.environment.map { Set($0.keys) } ?? [])
    guard name.utf8.count < 64 else { return nil }
    return Spelling.nearest(to: name, among: known.sorted())
  }
}
