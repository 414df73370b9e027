public import Measures

/// What to write where, to make a volume. All offsets count from the volume's first byte.
///
/// Nothing else matters: bytes that no part of the layout names may stay what they are. On a card
/// that held something before, `zeroes` are as needful as `metadata`: an old folder entry or table
/// entry left standing is a fault in the file system.
public struct FATLayout: Sendable, Hashable {
  /// Bytes made here: boot sectors, tables, folders.
  public struct Extent: Sendable, Hashable {
    public let offset: UInt64
    public let bytes: [UInt8]
  }

  /// A range that must read as zero.
  public struct Zeroes: Sendable, Hashable {
    public let offset: UInt64
    public let length: UInt64
  }

  /// The place of one file's bytes, which lie in one piece.
  public struct File: Sendable, Hashable {
    public let path: String
    public let offset: UInt64
    public let size: ByteCount
  }

  public let kind: FATKind
  /// As the volume asked for.
  public let size: ByteCount
  public let clusterSize: ByteCount
  /// Room left in the clusters.
  public let free: ByteCount
  /// By rising offset, as are `zeroes` and `files`; no two ranges of the three overlap.
  public internal(set) var metadata: [Extent] = []
  public internal(set) var zeroes: [Zeroes] = []
  /// Empty files take no place and are not listed.
  public internal(set) var files: [File] = []

  /// Where the file's bytes go; nil for empty files, folders, and paths that are not there.
  public func offset(of path: String) -> UInt64? {
    files.first { $0.path == path }?.offset
  }

  /// Gives the range from `offset` to `end` to `bytes`, and what they leave of it to zeroes.
  mutating func place(_ bytes: [UInt8], at offset: UInt64, upTo end: UInt64) {
    if !bytes.isEmpty { metadata.append(Extent(offset: offset, bytes: bytes)) }
    let used = offset + UInt64(bytes.count)
    if used < end { zeroes.append(Zeroes(offset: used, length: end - used)) }
  }
}
