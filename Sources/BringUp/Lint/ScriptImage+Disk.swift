import BootScriptLint
import Bytes
import FAT
import Partitions

extension ScriptImage {
  /// What `load` would find on a disk: its partitions, their filesystems, and the files of those that
  /// are FAT.
  init(_ disk: any ByteSource) {
    let table = DiskPartitions(disk)
    guard table.table != .none else {
      self.init(volumes: [Self.volume(disk, number: 0)], bootPartition: 0, hasTable: false)
      return
    }
    let volumes = table.entries.map { entry in
      let (start, overflow) = entry.sectors.lowerBound.multipliedReportingOverflow(by: 512)
      let (count, tooLong) = UInt64(entry.sectors.count).multipliedReportingOverflow(by: 512)
      return Self.volume(
        PartOfBytes(disk, from: overflow ? .max : start, count: tooLong ? 0 : count),
        number: entry.number)
    }
    // The boot sequence takes those that are marked, else the first one.
    let marked = table.entries.first { $0.isBootable }?.number
    self.init(volumes: volumes, bootPartition: marked ?? 1)
  }

  private static func volume(_ source: any ByteSource, number: Int) -> ScriptVolume {
    guard let reader = try? FATReader(source) else {
      // Source: Linux Documentation/filesystems/ext4/super.rst, s_magic.
      let isExt = source.read(2, at: 1024 + 56) == [0x53, 0xEF]
      return ScriptVolume(number: number, filesystem: isExt ? .ext : .other, files: nil)
    }
    var files: [String: UInt64] = [:]
    list("", of: reader, depth: 0, into: &files)
    return ScriptVolume(number: number, filesystem: .fat, files: files) { path in
      // The largest that is of use: a kernel, or Xen with debug information.
      reader.entry(path).map { reader.read($0, count: 128 << 20) } ?? []
    }
  }

  /// Folders that hold each other would never end.
  private static func list(
    _ folder: String, of reader: FATReader, depth: Int, into files: inout [String: UInt64]
  ) {
    guard depth < 8 else { return }
    for entry in reader.list(folder) ?? [] where files.count < 10_000 {
      let path = folder + "/" + entry.name
      if entry.isFolder {
        list(path, of: reader, depth: depth + 1, into: &files)
      } else {
        files[path] = UInt64(entry.size)
      }
    }
  }
}
