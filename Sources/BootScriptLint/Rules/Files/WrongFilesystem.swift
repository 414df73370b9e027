import Diagnostics
import Hush

struct WrongFilesystem: ScriptRule {
  static let card = RuleCard(
    id: "script-wrong-filesystem", family: .script, severity: .error,
    summary: "a command for one filesystem reads from another",
    why:
      "`fatload` knows FAT only, `ext2load` and `ext4load` only ext: U-Boot says `Unrecognized filesystem type`.",
    source: "U-Boot's fs/fs.c, fs_set_blk_dev; tried with U-Boot 2023.01",
    bad: [
      .hush("«ext2load» mmc 0:1 0x42000000 zImage", .card([.zImage("/zImage")])),
      .hush("«fatload» mmc 0:1 0x42000000 zImage", .card([.zImage("/zImage")], filesystem: "ext4")),
    ],
    good: [
      .hush("load mmc 0:1 0x42000000 zImage", .card([.zImage("/zImage")], filesystem: "ext4")),
      .hush(
        "ext2load mmc 0:1 0x42000000 zImage || fatload mmc 0:1 0x42000000 zImage",
        .card([.zImage("/zImage")])),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    var found: Set<UInt64> = []
    func fits(_ name: String, _ volume: ScriptVolume) -> Bool {
      switch name {
      case "fatload": volume.filesystem != .ext
      case "ext2load", "ext4load": volume.filesystem != .fat
      default: true
      }
    }
    for load in script.loads {
      guard let volume = load.volume, fits(script.commands[load.command].name, volume) else {
        continue
      }
      if let address = load.address { found.insert(address) }
    }
    for load in script.loads {
      let command = script.commands[load.command]
      guard let volume = load.volume, let name = command.words.first, !fits(command.name, volume)
      else { continue }
      // One of two tries for either filesystem.
      if command.isChecked || command.before != .sequence, let address = load.address,
        found.contains(address)
      {
        continue
      }
      findings.report(
        "partition \(volume.number) has \(volume.filesystem == .fat ? "FAT" : "ext"), which `\(command.name)` does not read",
        at: name.range, help: "write `load`, which finds out by itself")
    }
  }
}
