import Diagnostics

struct MissingPartition: ScriptRule {
  static let card = RuleCard(
    id: "script-missing-partition", family: .script, severity: .error,
    summary: "a device or partition that the card does not have",
    why: """
      U-Boot says `** Invalid partition **` or `Bad device`, and nothing is loaded. Without a partition's number it \
      looks at the whole disk, and then at the first one.
      """,
    source:
      "U-Boot's disk/part.c, part_get_info_by_dev_and_name_or_num and blk_get_device_part_str",
    bad: [
      .hush("load mmc «0:3» 0x42000000 zImage", .card([.zImage("/zImage")])),
      .hush("load mmc «1:1» 0x42000000 zImage", .card([.zImage("/zImage")])),
      .hush("load mmc «0» 0x42000000 zImage", .card([.zImage("/zImage")])),
    ],
    good: [
      .hush("load mmc 0:1 0x42000000 zImage", .card([.zImage("/zImage")])),
      .hush("load usb 0:1 0x42000000 zImage", .card([.zImage("/zImage")])),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard let image = script.target.image else { return }
    for load in script.loads where load.interface == image.interface {
      guard let word = load.device, let text = word.text else { continue }
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard let device = parts.first.flatMap({ UInt64(uBoot: $0) }) else { continue }
      if device != UInt64(image.device) {
        // A board may have more than one slot; only this one is known to hold the card.
        findings.report(
          "the script's card is \(image.interface) \(image.device), not \(device)", at: word.range,
          severity: .error, help: "write `${devnum}` for the device that the script came from")
      } else if parts.count == 1 {
        guard image.hasTable else { continue }
        findings.report(
          "the disk has partitions, and none is named", at: word.range, severity: .warning,
          help: "name it: `\(device):\(String(image.bootPartition, radix: 16))`")
      } else if let number = UInt64(uBoot: parts[1]),
        !image.volumes.contains(where: { UInt64($0.number) == number })
      {
        findings.report(
          "the card has no partition \(number)", at: word.range,
          help: image.volumes.isEmpty
            ? nil : "it has \(image.volumes.map { String($0.number) }.joined(separator: ", "))")
      }
    }
  }
}
