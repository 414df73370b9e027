import Diagnostics

struct TreeBeforeAddress: ScriptRule {
  static let card = RuleCard(
    id: "script-fdt-before-addr", family: .script, severity: .error,
    summary: "a tree is edited that nobody named, or another one than the one that boots",
    why: """
      Before `fdt addr` U-Boot says `No FDT memory address configured` and does nothing. Edits of one tree do not reach \
      another, nor the same one loaded again.
      """,
    source: "U-Boot's cmd/fdt.c; tried with U-Boot 2023.01",
    bad: [
      .hush("«fdt resize 0x1000»\nfdt addr 0x43000000"),
      .hush(
        "fdt addr 0x43000000\nfdt resize 0x1000\nload mmc 0:1 0x43000000 board.dtb\n«fdt set /chosen a b»"
      ),
      .hush("fdt addr 0x43000000\nfdt set /chosen a b\nbootz 0x42000000 - «0x44000000»"),
    ],
    good: [
      .hush(
        "fdt addr 0x43000000\nfdt resize 0x1000\nfdt set /chosen a b\nbootz 0x42000000 - 0x43000000"
      )
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    var hasTold = false
    var edited: UInt64?
    for step in script.treeSteps
    where step.verb != "addr" && step.verb != "move" && step.verb != "help" {
      let command = script.commands[step.command]
      if step.edits { edited = step.address }
      guard !hasTold else { continue }
      if !step.isAddressed, !command.isOpen {
        hasTold = true
        findings.report(
          "no tree has been named before this", at: command.range,
          help: "begin with `fdt addr ADDRESS`")
      } else if step.isOverwritten, step.edits {
        hasTold = true
        findings.report(
          "another file was loaded over the tree since `fdt addr`", at: command.range,
          help: "write `fdt addr` again behind the load")
      }
    }
    guard let edited, let boot = script.boots.last, !hasTold else { return }
    let operands = script.operands(of: boot)
    guard operands.count > 2, let own = operands[2].addressPart, own != edited,
      script.boots.allSatisfy({ script.operands(of: $0).dropFirst(2).first?.addressPart != edited })
    else { return }
    findings.report(
      "the edits went to the tree at \(hex(edited)), and this one boots", at: operands[2].range,
      help: "name \(hex(edited)) here, or in `fdt addr`")
  }
}
