/// Where the parts of a volume lie, in sectors of 512 bytes.
///
///     FAT12, FAT16   | boot | table 1 | table 2 | root folder (512 entries) | clusters 2, 3, ...
///     FAT32          | boot, FSInfo, ..., copies at 6 and 7 | table 1 | table 2 | clusters 2, ...
///
/// Source: Microsoft FAT specification 1.03, "Boot Sector and BPB" and "FAT Type Determination".
struct FATGeometry {
  static let sectorSize: UInt64 = 512
  /// Entries of the root folder of FAT12 and FAT16, which lies outside the clusters.
  static let rootEntries = 512
  /// Sectors on a track, as far as the boot sector claims. mtools refuses volumes that do not end
  /// with a whole track, so a volume uses whole ones only.
  static let sectorsPerTrack: UInt64 = 32

  let kind: FATKind
  let totalSectors: UInt64
  let sectorsPerCluster: UInt64
  let reservedSectors: UInt64
  let tableSectors: UInt64
  let clusterCount: UInt64

  /// The geometry for a volume of `bytes`, or nil where no cluster size makes it one of `kind`.
  static func choose(kind: FATKind, bytes: UInt64) -> FATGeometry? {
    let sectors = bytes / sectorSize / sectorsPerTrack * sectorsPerTrack
    guard sectors <= UInt64(UInt32.max) else { return nil }
    let fitting = [1, 2, 4, 8, 16, 32, 64].compactMap {
      FATGeometry(kind: kind, totalSectors: sectors, sectorsPerCluster: $0)
    }
    let preferred = kind.preferredSectorsPerCluster(bytes: bytes)
    return fitting.first { $0.sectorsPerCluster >= preferred } ?? fitting.last
  }

  /// Nil where the number of clusters would say another kind. `totalSectors` fits 32 bits, so no
  /// sum below can leave 64.
  private init?(kind: FATKind, totalSectors: UInt64, sectorsPerCluster: UInt64) {
    var reserved: UInt64 = kind == .fat32 ? 32 : 1
    let root = Self.rootSectors(of: kind)
    guard totalSectors > reserved + root + 2 else { return nil }

    func clusters(tableSectors: UInt64) -> UInt64 {
      let taken = reserved + root + 2 * tableSectors
      return taken < totalSectors ? (totalSectors - taken) / sectorsPerCluster : 0
    }
    func suffices(_ tableSectors: UInt64) -> Bool {
      let entries = clusters(tableSectors: tableSectors) + 2
      return entries * kind.entryBits <= tableSectors * Self.sectorSize * 8
    }
    // A longer table leaves fewer clusters to list, so there is one shortest table that suffices.
    var (low, high): (UInt64, UInt64) = (1, totalSectors)
    while low < high {
      let middle = (low + high) / 2
      if suffices(middle) { high = middle } else { low = middle + 1 }
    }
    if kind == .fat32 {
      // Clusters start at a multiple of their own size, so that a write never straddles two of the
      // card's pages. FAT12 and FAT16 keep the one reserved sector that old readers expect.
      let misfit = (reserved + 2 * low) % sectorsPerCluster
      reserved += misfit == 0 ? 0 : sectorsPerCluster - misfit
    }
    let count = clusters(tableSectors: low)
    guard kind.clusterCounts.contains(count) else { return nil }
    self.kind = kind
    self.totalSectors = totalSectors
    self.sectorsPerCluster = sectorsPerCluster
    self.reservedSectors = reserved
    self.tableSectors = low
    self.clusterCount = count
  }

  private static func rootSectors(of kind: FATKind) -> UInt64 {
    kind == .fat32 ? 0 : UInt64(rootEntries * FATName.slotSize) / sectorSize
  }

  var clusterSize: UInt64 { sectorsPerCluster * Self.sectorSize }

  /// Byte offset of the first (0) or second (1) table.
  func tableOffset(_ index: UInt64) -> UInt64 {
    (reservedSectors + index * tableSectors) * Self.sectorSize
  }

  /// Byte offset of the root folder of FAT12 and FAT16.
  var rootOffset: UInt64 { tableOffset(2) }

  /// Byte offset of cluster 2, the first there is.
  var dataOffset: UInt64 { rootOffset + Self.rootSectors(of: kind) * Self.sectorSize }

  /// Byte range of `count` clusters from `cluster` on; nil for none.
  func place(ofCluster cluster: UInt64, count: UInt64) -> Range<UInt64>? {
    guard cluster >= 2, count > 0 else { return nil }
    let start = dataOffset + (cluster - 2) * clusterSize
    return start..<(start + count * clusterSize)
  }

  /// How many clusters `bytes` take; none for none.
  func clusters(for bytes: UInt64) -> UInt64 {
    bytes / clusterSize + (bytes % clusterSize == 0 ? 0 : 1)
  }
}
