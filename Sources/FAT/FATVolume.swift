public import Measures

/// A FAT file system to be made: what it is called, how large it is, and what lies in it.
///
/// The same values always give the same bytes, whatever the order of `entries`.
public struct FATVolume: Sendable, Hashable {
  /// At most eleven ASCII characters, stored in capitals; empty for none.
  public var label: String
  /// The serial number, which Linux shows as UUID.
  public var volumeID: UInt32
  /// The size of the partition. What lies behind the last multiple of 16 KiB is not used.
  public var size: ByteCount
  /// Nil: FAT12 below 4 MiB, FAT16 below 512 MiB, else FAT32.
  public var kind: FATKind?
  /// The time stamp of every file and folder.
  public var modified: FATTimestamp
  /// The first sector of the partition on its disk.
  public var hiddenSectors: UInt32
  public var entries: [FATEntry]

  public init(
    label: String = "", volumeID: UInt32, size: ByteCount, kind: FATKind? = nil,
    modified: FATTimestamp = FATTimestamp(secondsSince1970: 0), hiddenSectors: UInt32 = 0,
    entries: [FATEntry] = []
  ) {
    self.label = label
    self.volumeID = volumeID
    self.size = size
    self.kind = kind
    self.modified = modified
    self.hiddenSectors = hiddenSectors
    self.entries = entries
  }
}

/// A file or folder of a volume. Folders above it need no entry of their own.
public struct FATEntry: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case file(size: ByteCount)
    case folder
  }

  /// The names from the root down, between slashes, without a leading one: `boot/xen`.
  public var path: String
  public var content: Content

  public init(path: String, content: Content) {
    self.path = path
    self.content = content
  }

  public static func file(_ path: String, size: ByteCount) -> FATEntry {
    FATEntry(path: path, content: .file(size: size))
  }

  public static func folder(_ path: String) -> FATEntry {
    FATEntry(path: path, content: .folder)
  }
}
