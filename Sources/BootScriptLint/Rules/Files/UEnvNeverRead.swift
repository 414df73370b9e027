import Diagnostics

struct UEnvNeverRead: ScriptRule {
  static let card = RuleCard(
    id: "script-uenv-never-read", family: .script, severity: .error,
    summary: "a uEnv.txt that nothing reads",
    why:
      "The U-Boot of 2013 reads it by itself, a newer one does not: what it says has no effect, and nothing is said of it.",
    source: "U-Boot's include/configs/sunxi-common.h, 2023.01 and 2013",
    bad: [.uenv("«»kernel=zImage\n", .board)],
    good: [
      .uenv("kernel=zImage\n"), .uenv("#=uEnv\nkernel=zImage\n", .board),
      .uenv(
        "kernel=zImage\n",
        .beside([
          "boot.cmd": Array(
            "load mmc 0:1 ${loadaddr} uEnv.txt\nenv import -t ${loadaddr} ${filesize}\n".utf8)
        ])),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    let target = script.target
    // Only where it is known which U-Boot it is for.
    guard script.kind == .environment, target.bootloader == .mainline, target.commands != nil,
      // sunxi-fel hands such a file over by itself.
      !script.text.starts(with: Array("#=uEnv".utf8))
    else { return }
    let name = script.file.split(separator: "/").last.map(String.init) ?? script.file
    if target.siblings.values.contains(where: { $0.firstRange(of: Array(name.utf8)) != nil }) {
      return
    }
    findings.report(
      "no script beside it loads this file, and this U-Boot does not read it by itself", at: 0..<0,
      help: "import it in boot.cmd: `env import -t`")
  }
}
