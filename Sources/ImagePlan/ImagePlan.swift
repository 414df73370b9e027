public import Measures
import Partitions

/// Every byte of a card image that is not a hole, and what it is for. Nothing is written here.
///
/// ```
///   0          8 KiB                1 MiB                               a multiple of 4 MiB
///   | MBR | .. | SPL | U-Boot | ..  | FAT: tables, folders, files  | .. | root | .. up to a power of two
/// ```
/// The root partition is no piece of this: what lies there streams into the image.
///
/// Sources: U-Boot `doc/board/allwinner/sunxi.rst` (SPL at 8 KiB, first partition from 1 MiB).
public struct ImagePlan: Sendable, Hashable {
  /// A run of bytes at its place.
  public struct Piece: Sendable, Hashable {
    /// From the start of the image.
    public let offset: UInt64
    public let bytes: [UInt8]
  }

  /// A stretch of the image as a person sees it.
  public struct Region: Sendable, Hashable {
    public let name: String
    public let offset: UInt64
    public let size: ByteCount
  }

  /// An entry of the partition table.
  public struct Partition: Sendable, Hashable {
    /// From 1.
    public let number: Int
    public let offset: UInt64
    public let size: ByteCount
    let type: PartitionType
    let isBootable: Bool
    /// What Linux calls PARTUUID.
    public let uuid: String
  }

  public let size: ByteCount
  /// By number.
  public let partitions: [Partition]
  /// By offset, apart from each other. Between them lie holes, which read as zero.
  public let pieces: [Piece]
  /// Ranges between the pieces that have to read as zero, by offset: where a card that was used before
  /// has old table or folder entries, they would count.
  public let zeroes: [Range<UInt64>]
  /// By offset: the partition table, the bootloader, the partitions.
  public let regions: [Region]
  /// The disk's identity in its MBR, which the kernel makes `PARTUUID`s of.
  public let diskSignature: UInt32
  /// Where the root partition starts, in bytes; nil where there is none.
  public let rootOffset: UInt64?

  /// How many bytes are not holes.
  public var written: ByteCount {
    ByteCount(pieces.reduce(0) { $0 + $1.bytes.count })
  }
}
