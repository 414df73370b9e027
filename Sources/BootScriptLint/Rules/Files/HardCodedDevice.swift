import Diagnostics

struct HardCodedDevice: ScriptRule {
  static let card = RuleCard(
    id: "script-hard-coded-device", family: .script, severity: .info,
    summary: "a device is written out where U-Boot tells which one it is",
    why: """
      The boot sequence sets `devtype`, `devnum` and `distro_bootpart` to where it found the script. A script \
      that names `mmc 0:1` boots another card's kernel when it is found on the second slot or on USB.
      """,
    source: "U-Boot's include/config_distro_bootcmd.h",
    bad: [.hush("load «mmc 0:1» 0x42000000 zImage")],
    good: [.hush("load ${devtype} ${devnum}:${distro_bootpart} 0x42000000 zImage")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard script.isScript, script.target.bootloader == .mainline else { return }
    var hasTold = false
    for load in script.loads {
      let words = script.commands[load.command].words
      guard !hasTold, words.count > 2, words[1].literal == "mmc", words[2].literal != nil,
        load.interface != nil
      else { continue }
      // Once is enough for a script.
      hasTold = true
      findings.report(
        "the device is written out",
        at: words[1].range.lowerBound..<max(words[1].range.lowerBound, words[2].range.upperBound),
        help: "write `${devtype} ${devnum}:${distro_bootpart}`")
    }
  }
}
