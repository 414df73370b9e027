public import Bytes

/// A FAT volume that is read: listing, finding and reading files, nothing else.
///
/// ```
///   boot sector | reserved | table | table … | root folder (FAT12, FAT16) | cluster 2 | 3 | …
/// ```
///
/// Whatever the bytes are, nothing here reads outside of them, and chains of clusters that run in a
/// circle end. Source: Microsoft FAT specification 1.03.
public struct FATReader: Sendable {
  /// Something in a folder.
  public struct Entry: Sendable, Hashable {
    /// The long name where there is one, else the short one; in UTF-8.
    public let name: String
    public let isFolder: Bool
    /// In bytes; 0 for a folder.
    public let size: UInt32
    let firstCluster: UInt32
  }

  public let kind: FATKind
  /// The volume's serial number; nil where the boot sector has none.
  public let volumeID: UInt32?
  /// Of the whole volume, tables included, in bytes.
  public let size: UInt64
  private let source: any ByteSource
  private let clusterSize: Int
  /// Where cluster 2 begins.
  private let dataStart: UInt64
  private let clusterCount: UInt32
  private let table: [UInt8]
  private let root: Root

  private enum Root {
    case region(start: UInt64, count: Int)
    case chain(UInt32)
  }

  public init(_ source: any ByteSource) throws(FATReadError) {
    let boot = source.read(512, at: 0)
    guard boot.count == 512, boot[510] == 0x55, boot[511] == 0xAA else { throw .noSignature }
    func word(_ offset: Int) -> UInt64 { UInt64(boot[offset]) | UInt64(boot[offset + 1]) << 8 }
    func long(_ offset: Int) -> UInt64 { word(offset) | word(offset + 2) << 16 }
    let sector = word(11)
    guard [512, 1024, 2048, 4096].contains(sector) else {
      throw .measure(name: "bytes per sector", value: sector)
    }
    let perCluster = UInt64(boot[13])
    guard perCluster > 0, perCluster & (perCluster - 1) == 0 else {
      throw .measure(name: "sectors per cluster", value: perCluster)
    }
    let reserved = word(14)
    guard reserved > 0 else { throw .measure(name: "reserved sectors", value: reserved) }
    let tables = UInt64(boot[16])
    guard tables > 0 else { throw .measure(name: "tables", value: tables) }
    let rootSectors = (word(17) * 32 + sector - 1) / sector
    let tableSectors = word(22) > 0 ? word(22) : long(36)
    guard tableSectors > 0 else { throw .measure(name: "sectors per table", value: 0) }
    let total = word(19) > 0 ? word(19) : long(32)
    let overhead = reserved + tables * tableSectors + rootSectors
    guard total > overhead else { throw .measure(name: "sectors in all", value: total) }
    guard overhead * sector <= source.size else {
      throw .tooShort(wanted: overhead * sector, available: source.size)
    }
    let clusters = (total - overhead) / perCluster
    kind = clusters < 4085 ? .fat12 : clusters < 65525 ? .fat16 : .fat32
    // The boot sector's second half moves behind what FAT32 needs.
    let extended = kind == .fat32 ? 66 : 38
    volumeID =
      boot[extended] == 0x28 || boot[extended] == 0x29
      ? UInt32(truncatingIfNeeded: long(extended + 1)) : nil
    size = total * sector
    self.source = source
    clusterSize = Int(sector * perCluster)
    dataStart = overhead * sector
    // Entries that the table has no room for are not there.
    let entries = tableSectors * sector * 8 / kind.entryBits
    clusterCount = UInt32(clamping: min(clusters, entries > 2 ? entries - 2 : 0))
    let bytes = (UInt64(clusterCount) + 2) * kind.entryBits / 8 + 2
    table = source.read(Int(min(bytes, tableSectors * sector)), at: reserved * sector)
    root =
      kind == .fat32
      ? .chain(UInt32(truncatingIfNeeded: long(44)))
      : .region(
        start: (reserved + tables * tableSectors) * sector, count: Int(word(17)) * 32)
  }

  /// The cluster behind another one; nil at the end of a chain, or where it leads nowhere.
  private func next(_ cluster: UInt32) -> UInt32? {
    entry(of: cluster).flatMap { isCluster($0) ? $0 : nil }
  }

  /// What the table says of a cluster; nil where it has no room for it.
  private func entry(of cluster: UInt32) -> UInt32? {
    switch kind {
    case .fat12:
      let offset = Int(cluster) * 3 / 2
      guard offset + 1 < table.count else { return nil }
      let pair = UInt32(table[offset]) | UInt32(table[offset + 1]) << 8
      return cluster & 1 == 0 ? pair & 0xFFF : pair >> 4
    case .fat16:
      let offset = Int(cluster) * 2
      guard offset + 1 < table.count else { return nil }
      return UInt32(table[offset]) | UInt32(table[offset + 1]) << 8
    case .fat32:
      return table.littleEndianUInt32(at: Int(cluster) * 4).map { $0 & 0x0FFF_FFFF }
    }
  }

  /// Bytes of clusters that no file has.
  public var freeSize: UInt64 {
    var free: UInt64 = 0
    for cluster in 2..<(UInt64(clusterCount) + 2) where entry(of: UInt32(cluster)) == 0 {
      free += 1
    }
    return free * UInt64(clusterSize)
  }

  /// The volume's name, from the entry in its root folder that stands for it; empty without one.
  public var label: String {
    let folder = rootBytes
    for start in stride(from: 0, to: folder.count - 31, by: 32) where folder[start] != 0xE5 {
      if folder[start] == 0 { break }
      // Parts of long names have this bit too, and others with it.
      guard folder[start + 11] & 0x3F == 0x08 || folder[start + 11] & 0x3F == 0x28 else { continue }
      var name = folder[start..<(start + 11)]
      while name.last == 0x20 { name.removeLast() }
      return String(decoding: name, as: UTF8.self)
    }
    return ""
  }

  private func isCluster(_ number: UInt32) -> Bool {
    number >= 2 && UInt64(number) < UInt64(clusterCount) + 2
  }

  /// Bytes of a chain. A chain has no more clusters than the volume, so that a circle ends.
  private func read(chain first: UInt32, count: Int, at offset: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    var cluster: UInt32? = isCluster(first) ? first : nil
    var skipped = offset
    var steps: UInt32 = 0
    while let current = cluster, bytes.count < count, steps < clusterCount {
      // Neighbours are read at one go, and a file that lies in one piece is what was read.
      var last = current
      var run = 1
      cluster = next(current)
      steps += 1
      while let following = cluster, following == last + 1, steps < clusterCount,
        UInt64(run) * UInt64(clusterSize) < skipped + UInt64(count - bytes.count)
      {
        last = following
        run += 1
        cluster = next(following)
        steps += 1
      }
      let length = UInt64(run) * UInt64(clusterSize)
      if skipped >= length {
        skipped -= length
        continue
      }
      let start = dataStart + UInt64(current - 2) * UInt64(clusterSize) + skipped
      let wanted = min(count - bytes.count, Int(length - skipped))
      let part = source.read(wanted, at: start)
      if bytes.isEmpty { bytes = part } else { bytes += part }
      skipped = 0
      if part.count < wanted { break }
    }
    return bytes
  }
}

extension FATReader {
  /// What is in a folder, in its order, `.` and `..` left out; nil where there is no such folder.
  ///
  /// - Parameter path: names between slashes; case does not count.
  public func list(_ path: String) -> [Entry]? {
    guard let found = find(path) else { return nil }
    switch found {
    case .root: return entries(of: rootBytes)
    case .entry(let entry):
      guard entry.isFolder else { return nil }
      return entries(of: folderBytes(entry))
    }
  }

  /// A file or folder; nil where there is none, and for the root.
  public func entry(_ path: String) -> Entry? {
    if case .entry(let entry)? = find(path) { return entry }
    return nil
  }

  /// As many bytes of a file as are asked for, or as there are.
  public func read(_ entry: Entry, count: UInt64? = nil, at offset: UInt64 = 0) -> [UInt8] {
    guard !entry.isFolder, offset < UInt64(entry.size) else { return [] }
    let rest = UInt64(entry.size) - offset
    return read(chain: entry.firstCluster, count: Int(min(count ?? rest, rest)), at: offset)
  }

  private enum Found {
    case root
    case entry(Entry)
  }

  private func find(_ path: String) -> Found? {
    var found = Found.root
    for name in path.split(separator: "/") where name != "." {
      let inside: [Entry]
      switch found {
      case .root: inside = entries(of: rootBytes)
      case .entry(let entry):
        guard entry.isFolder else { return nil }
        inside = entries(of: folderBytes(entry))
      }
      let wanted = name.lowercased()
      guard let entry = inside.first(where: { $0.name.lowercased() == wanted }) else { return nil }
      found = .entry(entry)
    }
    return found
  }

  private var rootBytes: [UInt8] {
    switch root {
    case .region(let start, let count): source.read(count, at: start)
    case .chain(let cluster): read(chain: cluster, count: Self.longestFolder, at: 0)
    }
  }

  private func folderBytes(_ entry: Entry) -> [UInt8] {
    read(chain: entry.firstCluster, count: Self.longestFolder, at: 0)
  }

  /// 65536 entries of 32 bytes, by the specification.
  private static var longestFolder: Int { 65536 * 32 }

  private func entries(of folder: [UInt8]) -> [Entry] {
    var entries: [Entry] = []
    var long = FATLongName()
    for start in stride(from: 0, to: folder.count - 31, by: 32) {
      let record = folder[start..<(start + 32)]
      if record[start] == 0 { break }
      let attributes = record[start + 11]
      if record[start] == 0xE5 {
        long = FATLongName()
      } else if attributes & 0x3F == 0x0F {
        long.add(record)
      } else {
        let name = long.name(for: record) ?? Self.shortName(record)
        long = FATLongName()
        // A volume's label is no file.
        guard attributes & 0x08 == 0, name != ".", name != ".." else { continue }
        func word(_ offset: Int) -> UInt32 {
          UInt32(record[start + offset]) | UInt32(record[start + offset + 1]) << 8
        }
        entries.append(
          Entry(
            name: name, isFolder: attributes & 0x10 != 0, size: word(28) | word(30) << 16,
            firstCluster: word(26) | (kind == .fat32 ? word(20) << 16 : 0)))
      }
    }
    return entries
  }

  /// `NAME.EXT`, in lower case where Windows NT's bits say so.
  private static func shortName(_ record: ArraySlice<UInt8>) -> String {
    let start = record.startIndex
    func part(_ range: Range<Int>, isLower: Bool) -> String {
      var bytes = record[(start + range.lowerBound)..<(start + range.upperBound)]
      while bytes.last == 0x20 { bytes.removeLast() }
      // A name that begins with E5 has 05 in its place.
      let text = bytes.enumerated().map { index, byte in
        Character(Unicode.Scalar(index == 0 && range.lowerBound == 0 && byte == 0x05 ? 0xE5 : byte))
      }
      return isLower ? String(text).lowercased() : String(text)
    }
    let flags = record[start + 12]
    let base = part(0..<8, isLower: flags & 0x08 != 0)
    let ending = part(8..<11, isLower: flags & 0x10 != 0)
    return ending.isEmpty ? base : base + "." + ending
  }
}
