import Bytes
import Ext4
import FAT
import Partitions

/// A partition, or a whole device, as a command names it.
struct MediaPlace {
  let device: MediaName
  let bytes: any ByteSource
  /// 0 for a whole device.
  let number: Int
  let partitions: DiskPartitions
}

/// A device by its interface and number.
struct MediaName: Sendable, Hashable {
  let interface: String
  let number: Int
}

/// A volume that commands have read of. Its tables are large, and scripts come back to it with each file.
struct OpenVolume: Sendable {
  let device: MediaName
  let partition: Int
  /// Nil where none that is known lies there.
  let files: (any ReadableFileSystem)?
}

extension Machine {
  /// What `INTERFACE DEVICE[.HWPART][:PART]` means (`blk_get_device_part_str`). Numbers are hexadecimal;
  /// `auto` is the first partition that is marked bootable, else the first; none at all is partition
  /// 1, or the whole of a device that has no partitions.
  mutating func place(
    _ interface: UBootText, _ text: UBootText?, allowsWholeDevice: Bool = true
  ) -> MediaPlace? {
    let given = text.flatMap { $0.isEmpty || $0 == [UInt8(ascii: "-")] ? nil : $0 }
    guard let name = given ?? environment["bootdevice"] else {
      puts("** No device specified **\n")
      return nil
    }
    if let sign = name.firstIndex(of: UInt8(ascii: "#")) {
      let label = Array(name[(sign + 1)...])
      if let place = place(interface, device: Array(name[..<sign]), named: label) { return place }
      // U-Boot then takes it all for a number.
    }
    let colon = name.firstIndex(of: UInt8(ascii: ":"))
    let deviceName = Array(name[..<(colon ?? name.endIndex)])
    guard let device = device(interface, deviceName), let bytes = bytes(of: device) else {
      let complaint = "** Bad device specification \(interface.words) \(deviceName.words) **\n"
      puts(complaint)
      // What is no number is complained of where it is read, and again where it is wanted.
      if !isNumber(deviceName) { puts(complaint) }
      return nil
    }
    let partName = colon.map { Array(name[($0 + 1)...]) } ?? []
    let partitions = DiskPartitions(bytes)
    var number: Int?
    if !partName.isEmpty, partName.words != "auto" {
      let (value, rest) = partName.hexadecimalAndRest
      guard rest.isEmpty, value > 0 || allowsWholeDevice else {
        puts("** Bad partition specification \(interface.words) \(name.words) **\n")
        return nil
      }
      number = Int(value)
    }
    // A disk without a table that our FAT writer or mkfs made whole has a boot sector, which looks
    // like an empty table.
    if partitions.table == .none || number == 0 {
      guard number ?? 0 == 0 && partName.words != "auto" || number == 0, allowsWholeDevice else {
        puts("** No partition table - \(interface.words) \(deviceName.words) **\n")
        return nil
      }
      return MediaPlace(device: device, bytes: bytes, number: 0, partitions: partitions)
    }
    if partName.words == "auto" {
      number = (partitions.entries.first { $0.isBootable } ?? partitions.entries.first)?.number
      guard number != nil else {
        puts("** No valid partitions found **\n")
        return nil
      }
    }
    let chosen = number ?? 1
    guard let entry = partitions[chosen] else {
      puts("** Invalid partition \(chosen) **\n")
      return nil
    }
    return MediaPlace(
      device: device, bytes: Self.part(of: bytes, entry), number: chosen, partitions: partitions)
  }

  private mutating func place(
    _ interface: UBootText, device name: UBootText, named label: UBootText
  ) -> MediaPlace? {
    guard let device = device(interface, name), let bytes = bytes(of: device) else {
      puts("Could not find \(interface.words) \(name.words)\n")
      return nil
    }
    let partitions = DiskPartitions(bytes)
    guard let entry = partitions.entries.first(where: { UBootText($0.name) == label }) else {
      puts("Could not find \"\(label.words)\" partition\n")
      return nil
    }
    return MediaPlace(
      device: device, bytes: Self.part(of: bytes, entry), number: entry.number,
      partitions: partitions)
  }

  private static func part(
    of bytes: any ByteSource, _ entry: DiskPartitions.Entry
  ) -> any ByteSource {
    PartOfBytes(
      bytes, from: entry.sectors.lowerBound * 512, count: UInt64(entry.sectors.count) * 512)
  }

  /// A device by the number that a text begins with; what stands behind a dot names a part of the
  /// hardware, of which there is one here.
  func device(_ interface: UBootText, _ text: UBootText) -> MediaName? {
    guard isNumber(text) else { return nil }
    return MediaName(interface: interface.words, number: Int(text.hexadecimal))
  }

  func bytes(of device: MediaName) -> (any ByteSource)? {
    media.devices[device.interface]?[device.number]
  }

  private func isNumber(_ text: UBootText) -> Bool {
    let (_, rest) = text.hexadecimalAndRest
    return rest.count < text.count && (rest.isEmpty || rest.first == UInt8(ascii: "."))
  }

  func partitions(of device: any ByteSource) -> DiskPartitions { DiskPartitions(device) }

  /// `fs_set_blk_dev`: the place, or a second complaint.
  mutating func blockDevice(_ interface: UBootText, _ text: UBootText?) -> MediaPlace? {
    if let place = place(interface, text) { return place }
    puts("Couldn't find partition \(interface.words) \(text?.words ?? "<NULL>")\n")
    return nil
  }

  /// The file system that lies there; nil, with U-Boot's own words printed, where there is none.
  mutating func fileSystem(
    _ interface: UBootText, _ text: UBootText?, kinds: Set<String>
  ) throws(MachineStop) -> (any ReadableFileSystem)? {
    guard let place = blockDevice(interface, text) else { return nil }
    guard let found = fileSystem(in: place), kinds.contains(found.kind) else {
      return nil
    }
    if let unread = found as? UnreadFileSystem {
      throw .notModelled(
        command: unread.kind, reason: "files of this kind of file system are not read yet")
    }
    return found
  }

  /// What a partition holds.
  mutating func fileSystem(in place: MediaPlace) -> (any ReadableFileSystem)? {
    if let volume, volume.device == place.device, volume.partition == place.number {
      return volume.files
    }
    let files = Self.fileSystem(in: place.bytes)
    volume = OpenVolume(device: place.device, partition: place.number, files: files)
    return files
  }

  private static func fileSystem(in bytes: any ByteSource) -> (any ReadableFileSystem)? {
    if let fat = try? FATReader(bytes) { return FATFiles(fat) }
    if let volume = try? Ext4Reader(bytes) { return Ext4Files(volume) }
    // The superblock's magic number, 56 bytes from its start at 1024: of a kind that is not read.
    if bytes.read(2, at: 1080) == [0x53, 0xEF] { return UnreadFileSystem(kind: "ext4") }
    return nil
  }

  /// Whether a file or folder is there: `test -e INTERFACE DEVICE:PART PATH` (`file_exists`).
  mutating func hasFile(
    _ interface: UBootText, _ device: UBootText, _ path: UBootText
  ) throws(MachineStop) -> Bool {
    guard let files = try fileSystem(interface, device, kinds: FileSystemKinds.all) else {
      return false
    }
    // The driver for ext4 opens what it is asked for, and opens no folders.
    return files.size(of: path) != nil || files.kind == "fat" && files.list(path) != nil
  }
}

/// What the commands that ask for one kind take.
enum FileSystemKinds {
  static let all: Set<String> = ["fat", "ext4"]

  /// By the start of a command's name: `fatload`, `ext2ls`.
  static func of(command: String) -> Set<String> {
    command.hasPrefix("fat") ? ["fat"] : command.hasPrefix("ext") ? ["ext4"] : all
  }
}

/// A FAT volume as commands see it.
struct FATFiles: ReadableFileSystem {
  let kind = "fat"
  private let reader: FATReader

  init(_ reader: FATReader) { self.reader = reader }

  func size(of path: UBootText) -> UInt64? {
    place(path).flatMap(reader.entry).flatMap { $0.isFolder ? nil : UInt64($0.size) }
  }

  func read(_ path: UBootText, count: UInt64?, at offset: UInt64) -> [UInt8]? {
    guard let entry = place(path).flatMap(reader.entry), !entry.isFolder else { return nil }
    return reader.read(entry, count: count, at: offset)
  }

  func list(_ path: UBootText) -> [DirectoryEntry]? {
    guard let place = place(path), let entries = reader.list(place) else { return nil }
    // Only the root has no entries for itself and for what it lies in.
    let links = place.isEmpty ? [] : [".", ".."]
    return links.map { DirectoryEntry(name: UBootText($0), isFolder: true, size: 0) }
      + entries.map {
        DirectoryEntry(name: UBootText($0.name), isFolder: $0.isFolder, size: UInt64($0.size))
      }
  }

  /// The path without empty names and dots; nil where a name that it goes through is no folder.
  private func place(_ path: UBootText) -> String? {
    var names: [Substring] = []
    let parts = path.words.split(separator: "/", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      switch part {
      case "", ".":
        // A slash behind a name says that it is a folder.
        if !names.isEmpty, reader.list(names.joined(separator: "/")) == nil { return nil }
      case "..":
        guard index > 0, reader.list(names.joined(separator: "/")) != nil else { return nil }
        _ = names.popLast()
      default: names.append(part)
      }
    }
    return names.joined(separator: "/")
  }
}

/// A file system that is there and is not read: whoever asks it is told.
private struct UnreadFileSystem: ReadableFileSystem {
  let kind: String
  func size(of path: UBootText) -> UInt64? { nil }
  func read(_ path: UBootText, count: UInt64?, at offset: UInt64) -> [UInt8]? { nil }
  func list(_ path: UBootText) -> [DirectoryEntry]? { nil }
}
