import Bytes
import Partitions

/// The ids of a disk and its volumes, out of a digest of what it is made of: the same content has the
/// same ids, so that a kernel finds its root by a `PARTUUID` that no build changes by itself.
public struct DiskIdentity: Sendable, Hashable {
  /// In the MBR. Zero means "none" to many readers, so it is avoided.
  public let diskSignature: UInt32
  /// The FAT volume's serial number.
  public let volumeID: UInt32

  /// - Parameter digest: at least eight bytes; what is missing counts as zero.
  public init(digest: [UInt8]) {
    let span = digest.span.bytes
    diskSignature = max((try? span.bigEndianUInt32(at: 0)) ?? 0, 1)
    volumeID = max((try? span.bigEndianUInt32(at: 4)) ?? 0, 1)
  }

  /// What Linux calls the partition of that number, behind `PARTUUID=`.
  public func partitionUUID(_ number: Int) -> String {
    MasterBootRecord.partitionUUID(of: diskSignature, number)
  }
}
