import Bytes

/// The partition table in the first sector of a disk, for disks of 512-byte sectors.
///
///        0  boot code, all zero: Allwinner's ROM starts what lies at 8 KiB and never looks here
///     0x1B8 disk signature, then two zero bytes
///     0x1BE four slots of 16 bytes
///     0x1FE 0x55 0xAA
///
///     slot  boot flag | first CHS (3) | type | last CHS (3) | first sector (4) | sectors (4)
///
/// All integers are little-endian. Places in cylinders, heads and sectors are not used any more;
/// they hold the largest value, which says so.
public struct MasterBootRecord: Sendable, Hashable {
  /// The size of a sector in bytes, as all counts here mean it.
  public static let sectorSize = 512

  /// Linux makes PARTUUID of it: `signature-number`, eight and two hexadecimal digits.
  public var diskSignature: UInt32
  /// In the order of the slots; numbers count from 1, unused slots included.
  public var partitions: [Partition]

  public init(diskSignature: UInt32, partitions: [Partition]) {
    self.diskSignature = diskSignature
    self.partitions = partitions
  }

  /// The sector's 512 bytes.
  public func encoded() throws(PartitionError) -> [UInt8] {
    try check()
    var out = [UInt8](repeating: 0, count: Self.signatureOffset)
    out.append(littleEndian: diskSignature)
    out.append(littleEndian: UInt16(0))
    for partition in partitions {
      guard partition.type != .unused else {
        out += [UInt8](repeating: 0, count: 16)
        continue
      }
      out.append(partition.bootable ? 0x80 : 0)
      let isProtective = partition.type == .protective
      out += isProtective ? Self.protectiveCHS.first : Self.noCHS
      out.append(partition.type.rawValue)
      out += isProtective ? Self.protectiveCHS.last : Self.noCHS
      out.append(littleEndian: partition.firstSector)
      out.append(littleEndian: partition.sectorCount)
    }
    out += [UInt8](repeating: 0, count: 510 - out.count)
    return out + [0x55, 0xAA]
  }

  /// Reads the table from the first sector of `disk`. Unused slots at the end are left out.
  public init(parsing disk: borrowing RawSpan) throws(PartitionError) {
    let truncated = PartitionError.truncated(count: disk.byteCount)
    guard disk.byteCount >= Self.sectorSize else { throw truncated }
    do {
      guard try disk.littleEndianUInt16(at: 510) == 0xAA55 else { throw PartitionError.noSignature }
      diskSignature = try disk.littleEndianUInt32(at: Self.signatureOffset)
      partitions = []
      for number in 1...4 {
        let slot = Self.slotsOffset + 16 * (number - 1)
        let flag = try disk.byte(at: slot)
        guard flag & 0x7F == 0 else {
          throw PartitionError.strangeSlot(number: number, flag: flag)
        }
        let type = PartitionType(rawValue: try disk.byte(at: slot + 4))
        guard type != .unused else {
          partitions.append(.unused)
          continue
        }
        partitions.append(
          Partition(
            type: type, bootable: flag == 0x80,
            firstSector: try disk.littleEndianUInt32(at: slot + 8),
            sectorCount: try disk.littleEndianUInt32(at: slot + 12)))
      }
    } catch let error as PartitionError {
      throw error
    } catch {
      throw truncated
    }
    while partitions.last?.type == .unused { partitions.removeLast() }
    try check()
  }

  private func check() throws(PartitionError) {
    guard partitions.count <= 4 else { throw .tooMany(partitions.count) }
    var seen: [(number: Int, sectors: Range<UInt64>)] = []
    for (index, partition) in partitions.enumerated() where partition.type != .unused {
      let (number, sectors) = (index + 1, partition.sectors)
      guard !sectors.isEmpty else { throw .empty(number: number) }
      guard sectors.lowerBound > 0 else { throw .coversTable(number: number) }
      guard sectors.upperBound <= 1 << 32 else {
        throw .beyondReach(number: number, end: sectors.upperBound - 1)
      }
      if let other = seen.first(where: { $0.sectors.overlaps(sectors) }) {
        throw .overlap(first: other.number, other.sectors, second: number, sectors)
      }
      seen.append((number, sectors))
    }
  }

  private static let signatureOffset = 0x1B8
  private static let slotsOffset = 0x1BE
  private static let noCHS: [UInt8] = [0xFE, 0xFF, 0xFF]
  /// What the UEFI specification (2.10, table 5-4) has in the record that protects a GPT.
  private static let protectiveCHS: (first: [UInt8], last: [UInt8]) = (
    [0x00, 0x02, 0x00], [0xFF, 0xFF, 0xFF]
  )
}
