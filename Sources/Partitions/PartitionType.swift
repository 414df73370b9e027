/// The byte that says what a partition holds. Other values than the named ones are kept as they are.
public struct PartitionType: RawRepresentable, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The slot is not in use.
  public static let unused = PartitionType(rawValue: 0x00)
  public static let fat12 = PartitionType(rawValue: 0x01)
  public static let fat32LBA = PartitionType(rawValue: 0x0C)
  public static let fat16LBA = PartitionType(rawValue: 0x0E)
  public static let linux = PartitionType(rawValue: 0x83)
  /// All of a disk whose partitions a GPT tells.
  public static let protective = PartitionType(rawValue: 0xEE)
}

extension PartitionType: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unused: "unused"
    case .fat12: "FAT12"
    case .fat16LBA: "FAT16"
    case .fat32LBA: "FAT32"
    case .linux: "Linux"
    case .protective: "GPT"
    default: "type 0x" + (rawValue < 0x10 ? "0" : "") + String(rawValue, radix: 16)
    }
  }
}
