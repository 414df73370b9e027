public import FAT
public import Measures

/// What a card is to hold.
public struct CardLayout: Sendable, Hashable {
  /// A file of the boot partition.
  public struct BootFile: Sendable, Hashable {
    public let path: String
    public let bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// A bootloader that lies outside all partitions, where the boot ROM looks for it.
  public struct Bootloader: Sendable, Hashable {
    /// From the start of the card, in bytes.
    public let offset: UInt64
    public let bytes: [UInt8]

    public init(offset: UInt64, bytes: [UInt8]) {
      self.offset = offset
      self.bytes = bytes
    }
  }

  /// A partition behind the boot partition, which is filled while the image is written.
  public struct RootPartition: Sendable, Hashable {
    /// In the partition table.
    public static let number = 2

    /// Nil for as much as its content takes, which is known when that has been written.
    public var size: ByteCount?

    public init(size: ByteCount?) { self.size = size }
  }

  /// Nil where the bootloader does not lie on the card.
  public var bootloader: Bootloader?
  public var bootFiles: [BootFile]
  public var bootKind: FATKind
  public var bootSize: ByteCount
  public var root: RootPartition?
  /// The whole image; nil for just as much as it takes.
  public var imageSize: ByteCount?
  /// The size has to be a power of two.
  public var powerOfTwo: Bool
  /// At least eight bytes that differ where the content differs: the ids of disk and volumes are
  /// taken from them (`DiskIdentity`), so that the same content has the same ids.
  public var identity: [UInt8]
  /// The time stamp of all files, in seconds since 1970, UTC.
  public var modified: Int64

  public init(
    bootloader: Bootloader?, bootFiles: [BootFile], bootKind: FATKind, bootSize: ByteCount,
    root: RootPartition? = nil, imageSize: ByteCount?, powerOfTwo: Bool, identity: [UInt8],
    modified: Int64
  ) {
    self.bootloader = bootloader
    self.bootFiles = bootFiles
    self.bootKind = bootKind
    self.bootSize = bootSize
    self.root = root
    self.imageSize = imageSize
    self.powerOfTwo = powerOfTwo
    self.identity = identity
    self.modified = modified
  }
}
