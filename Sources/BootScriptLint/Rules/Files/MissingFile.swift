import Diagnostics
import Hush

struct MissingFile: ScriptRule {
  static let card = RuleCard(
    id: "script-missing-file", family: .script, severity: .error,
    summary: "a file is loaded that the card does not hold",
    why: """
      The load fails, `filesize` keeps what it had, and an unguarded script boots what lay in memory. On \
      ext a letter in the other case is another name; files of a root filesystem lie below /boot.
      """,
    after: ["script-wrong-filesystem"],
    source: "U-Boot's fs/fs.c; fs/fat/fat.c, which folds case, and fs/ext4",
    bad: [
      .hush("load mmc 0:1 0x42000000 «zImage»", .card([.zImage("/boot/zImage")])),
      .hush("load mmc 0:1 0x42000000 «/zimage»", .card([.zImage("/zImage")], filesystem: "ext4")),
      .menu("label a\n  linux «/vmlinuz»\n", .card([.zImage("/zImage")])),
    ],
    good: [
      .hush("load mmc 0:1 0x42000000 zimage", .card([.zImage("/zImage")])),
      .hush("load mmc 0:1 0x42000000 a || load mmc 0:1 0x42000000 b", .card([.zImage("/b")])),
      .hush("if test -e mmc 0:1 a; then load mmc 0:1 0x42000000 a; fi", .card()),
      .menu("label a\n  linux /zImage\n", .card([.zImage("/zImage")])),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    if let menu = script.extlinux { return check(menu, script, &findings) }
    let probed = Set(
      script.commands.filter { $0.name == "test" || $0.name == "size" }.flatMap {
        $0.words.compactMap(\.text)
      })
    // What some load finds need not be found by another one that goes to the same place.
    var found: Set<UInt64> = []
    for load in script.loads where load.file != nil {
      if let address = load.address { found.insert(address) }
    }
    for load in script.loads {
      guard let volume = load.volume, volume.files != nil, load.file == nil, let word = load.path,
        let path = word.text, volume.stored(path) == nil, !probed.contains(path)
      else { continue }
      let command = script.commands[load.command]
      if command.isChecked || command.before == .or, let address = load.address,
        found.contains(address)
      {
        continue
      }
      report(path, on: volume, at: word.range, &findings)
    }
  }

  private static func check(
    _ menu: ExtlinuxFile, _ script: ScriptContext, _ findings: inout ScriptFindings
  ) {
    guard let image = script.target.image, let volume = image.volume(image.bootPartition),
      volume.files != nil
    else { return }
    for label in menu.labels {
      for value in [label.kernel, label.initrd, label.fdt].compactMap(\.self) {
        let path = String(decoding: value.text, as: UTF8.self).trimmed
        guard !path.isEmpty, volume.stored(path) == nil else { continue }
        report(path, on: volume, at: value.range, &findings)
      }
    }
  }

  private static func report(
    _ path: String, on volume: ScriptVolume, at range: Range<Int>, _ findings: inout ScriptFindings
  ) {
    let last = "/" + (path.split(separator: "/").last.map(String.init) ?? path)
    let other =
      volume.inOtherCase(path) ?? volume.inOtherCase("/boot" + ScriptVolume.normalised(path))
      ?? volume.inOtherCase(last)
    findings.report(
      "partition \(volume.number) holds no file `\(path)`", at: range,
      help: other.map { "there is `\($0)`" } ?? "put it onto the card, or take the load out")
  }
}

extension String {
  /// Without blanks and line ends at its end.
  var trimmed: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
