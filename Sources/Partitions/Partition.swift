/// A run of sectors of 512 bytes, as a slot of the partition table tells it.
public struct Partition: Sendable, Hashable {
  public var type: PartitionType
  public var bootable: Bool
  /// Counted from the start of the disk.
  public var firstSector: UInt32
  public var sectorCount: UInt32

  public init(
    type: PartitionType, bootable: Bool = false, firstSector: UInt32, sectorCount: UInt32
  ) {
    self.type = type
    self.bootable = bootable
    self.firstSector = firstSector
    self.sectorCount = sectorCount
  }

  /// A slot that is not in use. It keeps the numbers of the partitions behind it.
  public static let unused = Partition(type: .unused, firstSector: 0, sectorCount: 0)

  /// The sectors taken, in 64 bits, where no table entry can overflow.
  public var sectors: Range<UInt64> {
    UInt64(firstSector)..<(UInt64(firstSector) + UInt64(sectorCount))
  }
}
