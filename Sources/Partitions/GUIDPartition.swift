/// A partition as an entry of a GPT tells it.
public struct GUIDPartition: Sendable, Hashable {
  /// What it holds.
  public var type: GUID
  /// What Linux calls PARTUUID.
  public var id: GUID
  /// At most 36 units of UTF-16.
  public var name: String
  /// Of 512 bytes each, counted from the start of the disk.
  public var sectors: Range<UInt64>
  /// The attribute by which U-Boot's boot sequence finds the partition to start from (bit 2, "legacy
  /// BIOS bootable").
  public var isBootable: Bool

  public init(
    type: GUID, id: GUID, name: String, sectors: Range<UInt64>, isBootable: Bool = false
  ) {
    self.type = type
    self.id = id
    self.name = name
    self.sectors = sectors
    self.isBootable = isBootable
  }
}
