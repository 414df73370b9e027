/// A GPT for disks of 512-byte sectors: what is written at the start of the disk, and once more at its
/// end.
///
/// ```
///   sector 0    a protective MBR: one partition of type 0xEE over all
///          1    the header
///          2    the entries, 128 bytes each            (or from `firstEntrySector` on)
///          ..   what the table leaves to partitions    (`usableSectors`)
///        n-33   the entries again
///         n-1   the header again
/// ```
/// Some boot ROMs want the bootloader at 8 KiB, in the midst of 128 entries, which reach from 0x400
/// to 0x4400. So the entries can begin behind the bootloader (`firstEntrySector`), or be so few that
/// they end before it: 56 of them end at 0x2000.
///
/// Source: UEFI specification 2.10, chapter 5.
public struct GUIDPartitionTable: Sendable, Hashable {
  public static let sectorSize: UInt64 = 512
  static let entrySize = 128

  public var diskID: GUID
  /// In the order of the entries; numbers count from 1.
  public var partitions: [GUIDPartition]
  /// Of the whole disk, whose end has the second table.
  public var diskSectors: UInt64
  /// Where the first table's entries begin; the second's lie before its header.
  public var firstEntrySector: UInt64
  /// How many entries there is room for: a multiple of 4, so that they fill sectors.
  public var entryCount: Int
  /// Bytes from the start of the disk that the boot ROM reads: neither table nor partition may have
  /// them, and partitions come after them.
  public var bootloader: Range<UInt64>?

  public init(
    diskID: GUID, partitions: [GUIDPartition], diskSectors: UInt64, firstEntrySector: UInt64 = 2,
    entryCount: Int = 128, bootloader: Range<UInt64>? = nil
  ) {
    self.diskID = diskID
    self.partitions = partitions
    self.diskSectors = diskSectors
    self.firstEntrySector = firstEntrySector
    self.entryCount = entryCount
    self.bootloader = bootloader
  }

  /// The most entries that end before this byte of the disk when they begin in sector 2: 56 before
  /// 8 KiB. At most the usual 128.
  public static func entryCount(endingBefore offset: UInt64) -> Int {
    guard offset > 2 * sectorSize else { return 0 }
    return Int(min(128, (offset - 2 * sectorSize) / sectorSize * 4))
  }

  /// The sectors that the entries fill.
  var arraySectors: UInt64 { UInt64(entryCount / 4) }

  /// The first table's entries.
  var array: Range<UInt64> { firstEntrySector..<(firstEntrySector + arraySectors) }

  /// The second table's entries.
  var secondArray: Range<UInt64> { (diskSectors - 1 - arraySectors)..<(diskSectors - 1) }

  /// Where partitions may lie: behind the table and the bootloader, before the second table.
  ///
  /// It is what the header tells partitioning programs, so that none puts a partition over the
  /// bootloader.
  public func usableSectors() throws(GUIDTableError) -> Range<UInt64> {
    guard (4...1024).contains(entryCount), entryCount % 4 == 0 else {
      throw .oddEntryCount(entryCount)
    }
    guard firstEntrySector >= 2 else { throw .entriesCoverHeader(firstEntrySector) }
    let bootloaderSectors = bootloader.map { $0.upperBound / Self.sectorSize + 1 } ?? 0
    let needed = max(bootloaderSectors, 2).addingReportingOverflow(2 * arraySectors + 3)
    guard diskSectors < 1 << 54, !needed.overflow, needed.partialValue <= diskSectors,
      firstEntrySector < diskSectors - 2 * arraySectors - 1
    else { throw .diskTooSmall(sectors: diskSectors) }
    let first = max(
      array.upperBound,
      bootloader.map { ($0.upperBound + Self.sectorSize - 1) / Self.sectorSize } ?? 0)
    guard first < secondArray.lowerBound else { throw .diskTooSmall(sectors: diskSectors) }
    return first..<secondArray.lowerBound
  }

  /// Refuses what cannot be a table.
  func check() throws(GUIDTableError) {
    let usable = try usableSectors()
    if let bootloader {
      let table = (array.lowerBound * Self.sectorSize)..<(array.upperBound * Self.sectorSize)
      if bootloader.overlaps(table) {
        throw .bootloaderInEntries(bootloader: bootloader, entries: table)
      }
      if bootloader.overlaps(0..<(2 * Self.sectorSize)) {
        throw .bootloaderCoversHeader(bootloader)
      }
    }
    guard partitions.count <= entryCount else {
      throw .tooMany(partitions.count, room: entryCount)
    }
    for (index, partition) in partitions.enumerated() {
      let number = index + 1
      guard !partition.sectors.isEmpty else { throw .empty(number: number) }
      guard partition.name.utf16.count <= 36 else {
        throw .longName(number: number, partition.name)
      }
      guard usable.lowerBound <= partition.sectors.lowerBound,
        partition.sectors.upperBound <= usable.upperBound
      else { throw .outside(number: number, partition.sectors, usable: usable) }
    }
    let byPlace = partitions.enumerated().sorted {
      $0.element.sectors.lowerBound < $1.element.sectors.lowerBound
    }
    for (one, next) in zip(byPlace, byPlace.dropFirst())
    where one.element.sectors.overlaps(next.element.sectors) {
      throw .overlap(
        first: one.offset + 1, one.element.sectors, second: next.offset + 1, next.element.sectors)
    }
  }
}
