public import Measures

/// How a volume is to be made. Nothing in it comes from a clock or from chance, so that the same
/// options and content give the same bytes.
public struct Ext4Options: Sendable, Hashable {
  public enum Size: Sendable, Hashable {
    /// As large as this, rounded down to whole blocks of 4 KiB.
    case fixed(ByteCount)
    /// As large as the content needs with at least `slack` free, in whole MiB; never above `limit`.
    case content(slack: ByteCount, limit: ByteCount = .gibibytes(1024))
  }

  public enum Journal: Sendable, Hashable {
    /// As mke2fs chooses it: none below 8 MiB, then 4 MiB, 16 MiB from 128 MiB on, 32 MiB from 1 GiB,
    /// 64 MiB from 2 GiB.
    case bySize
    case none
    /// At least 4 MiB.
    case size(ByteCount)
  }

  public var size: Size
  /// 16 bytes in the order in which they are written: `12345678-9abc-…` is 12 34 56 78 9a bc ….
  public var uuid: [UInt8]
  /// 16 bytes, from which the order of names in large folders follows.
  public var hashSeed: [UInt8]
  /// At most 16 bytes.
  public var label: [UInt8]
  /// When the volume was made; also the time of folders that nobody described.
  public var time: Ext4Time
  public var journal: Journal
  /// Up to which size `resize2fs` may later enlarge the mounted volume; nil leaves no room for that.
  public var growth: ByteCount?
  /// How many files the volume can hold at least; nil for one in 16 KiB, and at least a quarter
  /// more than the content takes.
  public var inodes: Int?
  /// Percent of the blocks that only root may use.
  public var reserve: Int

  public init(
    size: Size, uuid: [UInt8], hashSeed: [UInt8], label: [UInt8] = [], time: Ext4Time,
    journal: Journal = .bySize, growth: ByteCount? = nil, inodes: Int? = nil, reserve: Int = 0
  ) {
    self.size = size
    self.uuid = uuid
    self.hashSeed = hashSeed
    self.label = label
    self.time = time
    self.journal = journal
    self.growth = growth
    self.inodes = inodes
    self.reserve = reserve
  }
}
