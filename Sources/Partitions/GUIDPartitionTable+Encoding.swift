import Bytes

extension GUIDPartitionTable {
  /// A part of the table at its place.
  public struct Piece: Sendable, Hashable {
    /// From the start of the disk, in bytes.
    public let offset: UInt64
    public let bytes: [UInt8]
  }

  /// All bytes of both tables, by their places on the disk.
  public func encoded() throws(GUIDTableError) -> [Piece] {
    try check()
    let usable = try usableSectors()
    let entries = encodedEntries
    let sum = CRC32.checksum(entries.span.bytes)
    let last = diskSectors - 1
    let first = header(at: 1, other: last, entries: array.lowerBound, usable, sum)
    let second = header(at: last, other: 1, entries: secondArray.lowerBound, usable, sum)
    return [
      Piece(offset: 0, bytes: try protectiveRecord()),
      Piece(offset: Self.sectorSize, bytes: first),
      Piece(offset: array.lowerBound * Self.sectorSize, bytes: entries),
      Piece(offset: secondArray.lowerBound * Self.sectorSize, bytes: entries),
      Piece(offset: last * Self.sectorSize, bytes: second),
    ]
  }

  /// What tells programs that only know an MBR that the disk is taken.
  private func protectiveRecord() throws(GUIDTableError) -> [UInt8] {
    let record = MasterBootRecord(
      diskSignature: 0,
      partitions: [
        Partition(
          type: .protective, firstSector: 1, sectorCount: UInt32(clamping: diskSectors - 1))
      ])
    do { return try record.encoded() } catch { throw .protectiveRecord(error) }
  }

  /// ```
  ///   0  "EFI PART"         24 this sector       56 disk id
  ///   8  revision 1.0       32 other header      72 first entry's sector
  ///   12 header size        40 first usable      80 number of entries, 84 bytes of one
  ///   16 CRC of the header  48 last usable       88 CRC of all entries
  /// ```
  private func header(
    at sector: UInt64, other: UInt64, entries: UInt64, _ usable: Range<UInt64>, _ sum: UInt32
  ) -> [UInt8] {
    var start = Array("EFI PART".utf8)
    start.append(littleEndian: UInt32(0x0001_0000))
    start.append(littleEndian: UInt32(92))
    var rest: [UInt8] = []
    rest.append(littleEndian: UInt32(0))
    rest.append(littleEndian: sector)
    rest.append(littleEndian: other)
    rest.append(littleEndian: usable.lowerBound)
    rest.append(littleEndian: usable.upperBound - 1)
    rest += diskID.onDisk
    rest.append(littleEndian: entries)
    rest.append(littleEndian: UInt32(entryCount))
    rest.append(littleEndian: UInt32(Self.entrySize))
    rest.append(littleEndian: sum)
    // The header's own sum is taken with zeroes in its place.
    let unsummed = start + [0, 0, 0, 0] + rest
    var header = start
    header.append(littleEndian: CRC32.checksum(unsummed.span.bytes))
    header += rest
    header.pad(to: Int(Self.sectorSize))
    return header
  }

  /// ```
  ///   0  type   16  id   32 first sector   40 last sector   48 attributes   56 name (72)
  /// ```
  private var encodedEntries: [UInt8] {
    var entries: [UInt8] = []
    entries.reserveCapacity(entryCount * Self.entrySize)
    for partition in partitions {
      entries += partition.type.onDisk
      entries += partition.id.onDisk
      entries.append(littleEndian: partition.sectors.lowerBound)
      entries.append(littleEndian: partition.sectors.upperBound - 1)
      entries.append(littleEndian: partition.isBootable ? UInt64(4) : 0)
      for unit in partition.name.utf16 { entries.append(littleEndian: unit) }
      entries.pad(to: Self.entrySize)
    }
    return entries
      + [UInt8](repeating: 0, count: entryCount * Self.entrySize - entries.count)
  }
}
