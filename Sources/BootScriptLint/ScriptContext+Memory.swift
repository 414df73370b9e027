import BootImages
import Hush
import Measures

extension ScriptContext {
  /// A file in memory while the script boots.
  struct Placed: Sendable {
    let load: ScriptLoad
    let start: UInt64
    /// What it takes there: more than the file where variables follow it or a tree is given room; nil
    /// where nobody knows.
    let size: UInt64?

    var end: UInt64 { start.addingReportingOverflow(max(size ?? 1, 1)).partialValue }
    var name: String { load.path?.text.map { "`\($0)`" } ?? "the file loaded there" }
  }

  /// What is loaded to known places, less what has been used up before: imported, run, applied. Of very
  /// many the first ones.
  var placed: [Placed] {
    var used: [UInt64: Int] = [:]
    for (number, command) in commands.enumerated() {
      let words = command.words
      let isUse =
        command.name == "source" || command.name == "bmp" || command.name == "cp"
        || command.name == "go"
        || (command.name == "env" && words.dropFirst().first?.literal == "import")
        || (command.name == "fdt" && words.dropFirst().first?.literal == "apply")
      guard isUse else { continue }
      for word in words.dropFirst() { if let address = word.addressPart { used[address] = number } }
    }
    let room = commands.reduce(UInt64(0)) { room, command in
      guard command.name == "fdt", command.words.count > 2, command.words[1].text == "resize",
        let size = command.words[2].value.hexadecimal, size < 1 << 30
      else { return room }
      return max(room, size)
    }
    return loads.prefix(512).compactMap { load in
      guard let start = load.address, start <= UInt64(UInt32.max) || target.is32Bit == false else {
        return nil
      }
      if let use = used[start], use > load.command { return nil }
      // Marks that are only looked for, wherever they go: `.next`, or an empty file.
      if load.baseName.hasPrefix(".") || load.file?.size == 0 { return nil }
      let size = load.file.map { $0.memorySize + ($0.kind == .deviceTree ? room : 0) }
      return Placed(load: load, start: start, size: size)
    }
  }

  /// The last known value that the script gives a variable of the environment; a deleted one is empty.
  func lastSet(_ name: String) -> ScriptText? {
    for command in commands.reversed() where !command.isLoop {
      for set in ScriptEffect(of: command).sets where set.name == name {
        return set.value ?? ScriptText()
      }
    }
    return nil
  }

  /// Where U-Boot may place the tree and the initrd: as the script says, else as its defaults do.
  var bootWindow: (low: UInt64, end: UInt64)? {
    let usual = target.bootWindow
    var low = usual?.start.rawValue
    var size = usual?.size.rawValue
    if let text = lastSet("bootm_low"), text.text != "" {
      guard let value = text.hexadecimal else { return nil }
      low = value
    }
    if let text = lastSet("bootm_size"), text.text != "" {
      guard let value = text.hexadecimal else { return nil }
      size = value
    }
    guard let low, let size else { return nil }
    let (end, overflow) = low.addingReportingOverflow(size)
    return overflow ? nil : (low, end)
  }

  /// Whether the tree stays where it was loaded: `fdt_high` with all bits set.
  var keepsTree: Bool { lastSet("fdt_high")?.hexadecimal.map(Self.isAllOnes) ?? false }

  static func isAllOnes(_ value: UInt64) -> Bool { value == 0xFFFF_FFFF || value == .max }

  /// Whether a boot is tried between two commands.
  func hasBoot(between first: Int, and second: Int) -> Bool {
    var (low, high) = (0, boots.count)
    while low < high {
      let middle = (low + high) / 2
      if boots[middle] > first { high = middle } else { low = middle + 1 }
    }
    return low < boots.count && boots[low] < second
  }

  /// The file that an operand of a boot command names.
  func load(for word: ScriptWord?, before command: Int) -> ScriptLoad? {
    guard let address = word?.addressPart else { return nil }
    return loads.last { $0.command < command && $0.address == address }
  }
}
