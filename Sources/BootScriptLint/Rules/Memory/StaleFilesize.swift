import Diagnostics

struct StaleFilesize: ScriptRule {
  static let card = RuleCard(
    id: "script-stale-filesize", family: .script, severity: .error,
    summary: "filesize is of another file, or lacks its 0x",
    why: """
      `filesize` holds what the last load found, in hexadecimal digits without 0x. Behind a later load an initrd is cut or has \
      another file behind it; in `<…>` of `fdt set` the digits are read as decimal.
      """,
    source: "U-Boot's fs/fs.c, do_load; cmd/fdt.c, fdt_parse_prop",
    bad: [
      .hush(
        "load mmc 0:1 0x44000000 initrd\nload mmc 0:1 0x43000000 board.dtb\nbootz 0x42000000 «0x44000000:${filesize}» 0x43000000"
      ),
      .hush(
        "fdt addr 0x43000000\nload mmc 0:1 0x44000000 initrd\nfdt set /chosen/module@0 reg <0x44000000 «${filesize}>»"
      ),
    ],
    good: [
      .hush(
        "load mmc 0:1 0x43000000 board.dtb\nload mmc 0:1 0x44000000 initrd\nbootz 0x42000000 0x44000000:${filesize} 0x43000000"
      ),
      .hush(
        "load mmc 0:1 0x44000000 initrd\nsetenv size ${filesize}\nload mmc 0:1 0x43000000 board.dtb\nbootz 0x42000000 0x44000000:${size} 0x43000000"
      ),
      .hush(
        "fdt addr 0x43000000\nload mmc 0:1 0x44000000 initrd\nfdt set /chosen/module@0 reg <0x44000000 0x${filesize}>"
      ),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    // The loads by address, and the address of each, as far as they have been seen.
    var latest: [UInt64: Int] = [:]
    var addresses: [Int: UInt64] = [:]
    var loads = script.loads[...]
    for (number, command) in script.commands.enumerated() {
      if let load = loads.first, load.command == number {
        loads.removeFirst()
        if let address = load.address {
          latest[address] = number
          addresses[number] = address
        }
        continue
      }
      let isBoot = ScriptContext.bootCommands.contains(command.name)
      let isTree = command.name == "fdt" && command.words.dropFirst().first?.literal == "set"
      guard isBoot || isTree else { continue }
      if isTree { checkBase(command, &findings) }
      // An address is followed by its size: in one word of bootz, in the next cell of a tree.
      var address: UInt64?
      for word in command.words.dropFirst(isTree ? 4 : 1) {
        for size in word.value.sizes {
          let own = isBoot ? word.addressPart : address
          guard let own, let load = latest[own], let size, size != load, addresses[size] != own
          else { continue }
          findings.report(
            "the size is that of another load, and not of what lies at \(hex(own))", at: word.range,
            help: "keep it before the next load: `setenv size ${filesize}`")
        }
        if isTree, let number = UInt64(uBoot: (word.text ?? "").filter { $0 != "<" && $0 != ">" }),
          latest[number] != nil
        {
          address = number
        }
      }
    }
  }

  /// Sizes in cells need their 0x.
  private static func checkBase(_ command: ScriptCommand, _ findings: inout ScriptFindings) {
    guard command.words.dropFirst(4).first?.value.outline.hasPrefix("<") == true else { return }
    for word in command.words.dropFirst(4) {
      var before = ""
      for part in word.value.parts {
        if case .fileSize = part, !before.hasSuffix("0x") {
          findings.report(
            "without 0x, `fdt set` reads the digits of `filesize` as decimal", at: word.range,
            help: "write `0x${filesize}`")
        }
        before = if case .text(let text) = part { text } else { "" }
      }
    }
  }
}
