import Bytes

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

  /// What Linux calls the partition of that number: `PARTUUID=` and eight, then two hexadecimal digits.
  ///
  /// Source: Linux `block/partitions/msdos.c`, set_info.
  public func partitionUUID(_ number: Int) -> String {
    func padded(_ value: UInt32, _ width: Int) -> String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(diskSignature, 8))-\(padded(UInt32(clamping: number), 2))"
  }
}
