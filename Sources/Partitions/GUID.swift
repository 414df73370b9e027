import Bytes

/// The 16 bytes that name a disk, a partition or the kind of a partition in a GPT.
///
/// Source: UEFI specification 2.10, appendix A.
public struct GUID: Sendable, Hashable {
  /// In the order of the text. On the disk the first three fields are little-endian.
  public let bytes: [UInt8]

  /// Exactly 16 bytes in the order of the text; nil for fewer or more.
  public init?(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// An id that content decides: the first 16 bytes of its digest, marked as one whose bits are the
  /// maker's own affair (version 8, RFC 9562 section 5.8). Nil where there are fewer bytes.
  public init?(derivedFrom digest: [UInt8]) {
    guard digest.count >= 16 else { return nil }
    var bytes = Array(digest.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    self.bytes = bytes
  }

  /// As it lies in a header or an entry. Nil for other than 16 bytes.
  init?(onDisk bytes: some Sequence<UInt8>) {
    guard let swapped = GUID(bytes) else { return nil }
    self.bytes = swapped.onDisk
  }

  /// As it lies in a header or an entry.
  var onDisk: [UInt8] { Self.order.map { bytes[$0] } }

  /// Reversing the first three fields is undone by reversing them again.
  private static let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

  private init(fixed: UInt128) {
    bytes = (0..<16).map { UInt8(truncatingIfNeeded: fixed >> (8 * (15 - $0))) }
  }

  /// A file system of Linux.
  public static let linux = GUID(fixed: 0x0FC6_3DAF_8483_4772_8E79_3D69_D847_7DE4)
  /// A file system that everybody reads, such as FAT.
  public static let basicData = GUID(fixed: 0xEBD0_A0A2_B9E5_4433_87C0_68B6_B726_99C7)
  public static let efiSystem = GUID(fixed: 0xC12A_7328_F81F_11D2_BA4B_00A0_C93E_C93B)
}

extension GUID: CustomStringConvertible {
  /// In lower case, as Linux writes a PARTUUID.
  public var description: String {
    var fields: [String] = []
    var rest = bytes[...]
    for length in [4, 2, 2, 2, 6] {
      fields.append(rest.prefix(length).hexadecimal)
      rest = rest.dropFirst(length)
    }
    return fields.joined(separator: "-")
  }
}
