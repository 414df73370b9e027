import Diagnostics

struct ValueTooLong: ScriptRule {
  static let card = RuleCard(
    id: "script-value-too-long", family: .script, severity: .warning,
    summary: "a value is longer than what U-Boot prints or passes on",
    why: """
      What is printed goes through a buffer of CONFIG_SYS_CBSIZE bytes and is cut there; Linux on ARM cuts \
      a command line at 1024 bytes.
      """,
    source:
      "SYS_CBSIZE 1024 in the builds for sunxi of U-Boot 2023.01 (256 in 2013); COMMAND_LINE_SIZE in Linux's arch/arm/include/uapi/asm/setup.h",
    bad: [.hush("«echo \(String(repeating: "x", count: 1100))»")],
    good: [
      .hush("echo \(String(repeating: "x", count: 100))"),
      .hush("setenv long '\(String(repeating: "x", count: 1500))'"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    let limit = script.target.lineSize
    for command in script.commands where !command.isLoop {
      let isPrinted = command.name == "echo"
      let isPassed =
        command.name == "setenv" && command.words.dropFirst().first?.literal == "bootargs"
      guard isPrinted || isPassed else { continue }
      let length = command.words.dropFirst(isPrinted ? 1 : 2).reduce(0) { $0 + $1.value.length + 1 }
      guard length > limit else { continue }
      findings.report(
        "\(length - 1) bytes do not fit: what is behind \(limit) is cut", at: command.range,
        help: "shorten it")
    }
  }
}
