import Diagnostics
import Hush

struct UnquotedValue: ScriptRule {
  static let card = RuleCard(
    id: "script-unquoted-value", family: .script, severity: .warning,
    summary: "a value that is run later is split or filled in at once",
    why: """
      A `;` without quotes ends `setenv`, and what follows runs now. `${…}` without single quotes is put \
      in now, from variables that may not be set before it runs.
      """,
    source: "U-Boot's common/cli_hush.c; doc/usage/cmdline.rst",
    bad: [
      .hush("«setenv go load mmc 0:1 0x42000000 zImage;» bootz 0x42000000\nrun go"),
      .hush("setenv go bootz 0x42000000 0x44000000:«${filesize}»\nrun go"),
    ],
    good: [
      .hush("setenv go 'load mmc 0:1 0x42000000 zImage; bootz 0x42000000'\nrun go"),
      .hush("setenv bootargs root=${root}"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    var run: Set<String> = []
    for command in script.commands where !command.isLoop {
      for word in ScriptEffect(of: command).runs { if let name = word.literal { run.insert(name) } }
    }
    for (number, command) in script.commands.enumerated()
    where command.name == "setenv" && !command.isInVariable && command.words.count > 2 {
      guard let name = command.words[1].literal, run.contains(name) || name.hasSuffix("cmd") else {
        continue
      }
      let values = command.words.dropFirst(2)
      if let word = values.first(where: { !$0.word.variables.isEmpty && !$0.isQuoted }) {
        findings.report(
          "the variables are put in now, and not when `\(name)` runs",
          at: word.word.variables[0].range,
          help: "put the value between single quotes")
      }
      let end = command.range.upperBound
      guard values.allSatisfy({ !$0.isQuoted }), number + 1 < script.commands.count,
        end < script.text.count,
        script.text[end...].first(where: { $0 != 0x20 }) == UInt8(ascii: ";")
      else { continue }
      let next = script.commands[number + 1].range.lowerBound
      guard next > end, !script.text[end..<next].contains(0x0A) else { continue }
      findings.report(
        "`;` ends `setenv` here: the rest of the line runs now",
        at: command.range.lowerBound..<(end + 1),
        help: "put the value between single quotes")
    }
  }
}
