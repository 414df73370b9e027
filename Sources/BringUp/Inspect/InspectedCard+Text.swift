import Boards
import BootImages
import Diagnostics
import Measures
import MemoryPlanner
import Partitions
import Rehearsal
import Reports

extension InspectedCard {
  /// For a person.
  ///
  /// - Parameter whole: scripts to their last line, and the whole memory map.
  public func text(whole: Bool) -> String {
    var lines = ["\(contents.path): \(contents.size)"]
    lines += originLines + bootloaderLines + partitionLines + volumeLines + fileLines
    for script in contents.scripts { lines += Self.lines(of: script, whole: whole) }
    lines += bootLines(whole: whole) + findingLines
    lines += ["", verdictLine]
    return lines.map { DiagnosticText.visible($0) }.joined(separator: "\n") + "\n"
  }

  private var originLines: [String] {
    guard let origin else { return [] }
    let tool = origin.tool.map { "\($0.name) \($0.version)" } ?? "ctboot"
    var table = TextTable()
    for input in origin.inputs ?? [] {
      table.add(
        input.role, input.package.map { "\($0.name) \($0.version)" } ?? input.path ?? "made by it")
    }
    let flow = origin.flow.map { ", flow \($0)" } ?? ""
    return ["made by \(tool) for the \(origin.board)\(flow), of"] + table.lines()
  }

  private var bootloaderLines: [String] {
    guard let bootloader = contents.bootloader else { return [] }
    var table = TextTable()
    if let spl = bootloader.spl {
      table.add(
        "SPL",
        "\(spl.length), its checksum is right"
          + (spl.treeName.map { ", made for \($0)" } ?? ""))
    } else {
      table.add("SPL", "its length or checksum is wrong")
    }
    table.add("U-Boot", bootloader.version?.description ?? "says no version")
    return ["", "bootloader at \(ByteCount(bootloader.offset))"] + table.lines()
  }

  private var partitionLines: [String] {
    let partitions = contents.partitions
    let heading =
      switch partitions.table {
      case .none: "no partition table"
      case .mbr: "partition table: MBR, disk \(partitions.id)"
      case .gpt where partitions.isDamaged: "partition table: GPT, damaged"
      case .gpt: "partition table: GPT, disk \(partitions.id)"
      }
    var table = TextTable([.right, .left, .right])
    for entry in partitions.entries {
      let start = ByteCount(entry.bytes.lowerBound)
      table.add(
        "\(entry.number)",
        (entry.type?.description ?? entry.typeID?.words ?? "")
          + (entry.name.isEmpty ? "" : " \"\(entry.name)\""),
        ByteCount(UInt64(entry.bytes.count)).description, "from \(start)",
        "PARTUUID \(entry.uuid)", entry.isBootable ? "bootable" : "")
    }
    return ["", heading] + table.lines()
  }

  private var volumeLines: [String] {
    let volumes = contents.volumes
    guard !volumes.isEmpty else { return [] }
    var table = TextTable([.right])
    for volume in volumes {
      table.add(
        volume.number == 0 ? "-" : "\(volume.number)", volume.kind,
        volume.label.isEmpty ? "no label" : "\"\(volume.label)\"",
        volume.id.isEmpty ? "no UUID" : "UUID \(volume.id)",
        "\(volume.size), \(volume.free) free",
        volume.rootNames.map { "\($0) names at its root" } ?? "its root folder cannot be read")
    }
    var lines = ["", "file systems"]
    for (volume, line) in zip(volumes, table.lines()) {
      lines.append(line)
      if let system = volume.system { lines.append("     \(system)") }
      if !volume.moduleKernels.isEmpty {
        lines.append("     modules for \(volume.moduleKernels.joined(separator: ", "))")
      }
    }
    return lines
  }

  private var fileLines: [String] {
    let files = contents.files
    guard !files.isEmpty, let bootPartition = contents.bootPartition else { return [] }
    var table = TextTable([.left, .right])
    for file in files { table.add(file.path, file.size.description, file.kind.description) }
    let place = bootPartition == 0 ? "" : " on partition \(bootPartition)"
    return ["", "boot files\(place)"] + table.lines()
  }

  private static let firstLines = 12

  private static func lines(of script: InspectedScript, whole: Bool) -> [String] {
    let text = script.text.split(separator: "\n", omittingEmptySubsequences: false)
    let all = text.last?.isEmpty == true ? text.dropLast() : text[...]
    guard !all.isEmpty else { return [] }
    let shown = whole ? all : all.prefix(firstLines)
    let rest = all.count - shown.count
    return ["", script.path] + shown.map { "  | \($0)" }
      + (rest > 0 ? ["  … \(rest) more lines; -v shows all"] : [])
  }

  private func bootLines(whole: Bool) -> [String] {
    guard let boot = verdict.boot else { return [] }
    var lines = [
      "",
      "rehearsed, not run: as U-Boot \(boot.bootloader) would boot it on the \(boot.board.name)",
    ]
    guard let arrival = boot.arrival else {
      var table = TextTable()
      for load in boot.machine.loads {
        table.add(load.file, "at \(load.range)", load.range.size.description)
      }
      return lines + table.lines()
    }
    lines += arrival.entryLines.map { $0.isEmpty ? $0 : "  " + $0 }
    if whole { return lines + [""] + MemoryMapText.stages(arrival.memory) }
    lines.append(
      arrival.memory.clashes.isEmpty
        ? "  all that is loaded fits: nothing clashes in memory"
        : "  not all that is loaded fits: -v shows the memory map")
    if let dom0 = arrival.memory.dom0 { lines.append("  dom0: \(dom0.word)") }
    return lines
  }

  private var findingLines: [String] {
    let shown = findings.filter { $0.severity > .info }
    guard !shown.isEmpty else { return [] }
    var lines = ["", "what was found"]
    for finding in shown {
      lines.append("  \(finding.severity.rawValue): \(finding.message)")
      lines += finding.notes.map { "    \($0)" }
      if let help = finding.help { lines.append("    help: \(help)") }
    }
    return lines
  }

  private var verdictLine: String {
    switch verdict {
    case .boots: "boots, as far as a rehearsal can tell"
    case .fails: "does not boot"
    case .unknown(let reason):
      "no fault is found, and its boot was not rehearsed: \(reason.message)"
    }
  }
}

extension GUID {
  /// The kind of partition that it stands for.
  fileprivate var words: String {
    switch self {
    case .linux: "Linux"
    case .basicData: "data"
    case .efiSystem: "EFI system"
    default: "type \(self)"
    }
  }
}
