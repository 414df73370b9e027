import Diagnostics

struct LeftOver: ScriptRule {
  static let card = RuleCard(
    id: "script-left-over", family: .script, severity: .info,
    summary: "a command of somebody's trials is left in the script",
    why:
      "A question or a long sleep holds up each boot; a network boot waits for a server, and boots what anybody there offers.",
    source: "this linter",
    bad: [.hush("«sleep 60»"), .hush("«askenv serverip»", .any), .hush("«dhcp»")],
    good: [.hush("sleep 1")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for command in script.commands where !command.isLoop {
      switch command.name {
      case "askenv": findings.report("the script waits for somebody to answer", at: command.range)
      case "sleep":
        guard let seconds = command.words.dropFirst().first?.text.flatMap({ Int($0) }), seconds > 5
        else { continue }
        findings.report("the script sleeps for \(seconds) seconds at each boot", at: command.range)
      case "dhcp", "bootp", "tftp", "tftpboot", "nfs", "pxe":
        findings.report(
          "the script boots from the network", at: command.range,
          help: "allow it where that is meant: `# ctboot-lint: allow(script-left-over): REASON`")
      default: break
      }
    }
  }
}
