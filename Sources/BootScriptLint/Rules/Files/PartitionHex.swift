import Diagnostics

struct PartitionHex: ScriptRule {
  static let card = RuleCard(
    id: "script-partition-hex", family: .script, severity: .warning,
    summary: "a partition's number of two digits is read as hexadecimal",
    why: "`mmc 0:10` is partition 16; the tenth is `mmc 0:a`.",
    source: "U-Boot's disk/part.c, blk_get_device_part_str; tried with U-Boot 2023.01",
    bad: [.hush("load mmc «0:10» 0x42000000 zImage")],
    good: [.hush("load mmc 0:a 0x42000000 zImage")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    let commands: Set<String> = ScriptLoad.fromDisk.union([
      "ls", "size", "test", "fstype", "fatls", "ext4ls",
    ])
    for command in script.commands where !command.isLoop && commands.contains(command.name) {
      for word in command.words.dropFirst() {
        guard let text = word.literal, let colon = text.firstIndex(of: ":") else { continue }
        let number = text[text.index(after: colon)...]
        guard number.utf8.count >= 2, let decimal = UInt64(number),
          let read = UInt64(uBoot: number),
          text[..<colon].allSatisfy(\.isHexDigit), colon != text.startIndex
        else { continue }
        findings.report(
          "this is partition \(read), not \(decimal)", at: word.range,
          help: "partition \(decimal) is `\(text[...colon])\(String(decimal, radix: 16))`")
      }
    }
  }
}
