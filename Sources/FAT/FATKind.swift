/// The three widths of a FAT entry. Which one a volume has is never written down: every reader
/// derives it from the number of clusters, so the writer must choose a count that says it.
///
/// Source: Microsoft FAT specification 1.03, "FAT Type Determination".
public enum FATKind: String, Sendable, Hashable, CaseIterable {
  case fat12
  case fat16
  case fat32

  /// Bits that one table entry takes on the disk.
  var entryBits: UInt64 {
    switch self {
    case .fat12: 12
    case .fat16: 16
    case .fat32: 32
    }
  }

  /// How many clusters make a volume of this kind. Readers are known to be off by a few at the
  /// limits of 4085 and 65525, so sixteen on either side stay unused.
  var clusterCounts: ClosedRange<UInt64> {
    switch self {
    case .fat12: 16...(4084 - 16)
    case .fat16: (4085 + 16)...(65524 - 16)
    case .fat32: (65525 + 16)...0x0FFF_FFF4
    }
  }

  /// The kind that suits a volume of `bytes` when nobody asked for one: the borders that
  /// Microsoft's and Linux's formatters use.
  static func suiting(bytes: UInt64) -> FATKind {
    if bytes < 4 << 20 { return .fat12 }
    return bytes < 512 << 20 ? .fat16 : .fat32
  }

  /// The smallest cluster worth having on a volume of `bytes`, in sectors. Larger clusters make
  /// shorter tables on large volumes; smaller ones waste less behind each file.
  func preferredSectorsPerCluster(bytes: UInt64) -> UInt64 {
    switch self {
    case .fat12: 1
    case .fat16: bytes < 16 << 20 ? 1 : 4
    case .fat32:
      switch bytes {
      case ..<(260 << 20): 1
      case ...(8 << 30): 8
      case ...(16 << 30): 16
      case ...(32 << 30): 32
      default: 64
      }
    }
  }

  /// The name as people write it, `FAT32`; padded to eight it stands in the boot sector.
  public var title: String { rawValue.uppercased() }
}
