import Bytes

/// The two forms of a POSIX access control list: the one that `getxattr` gives, and ext4's own, which
/// leaves out what says nothing.
///
/// ```
///   getxattr  version 2 (4 B) | tag (2) permissions (2) id (4) | tag permissions id | …
///   ext4      version 1 (4 B) | tag (2) permissions (2) [id (4), of named users and groups] | …
/// ```
/// All little-endian. Source: Linux `include/uapi/linux/posix_acl_xattr.h`, `fs/ext4/acl.h`.
enum AccessControlList {
  private static let namedUser: UInt16 = 2
  private static let namedGroup: UInt16 = 8
  private static let plain: Set<UInt16> = [1, 4, 0x10, 0x20]

  /// Ext4's form; nil for what is no list.
  static func stored(_ value: [UInt8]) -> [UInt8]? {
    guard value.count >= 4, value.count % 8 == 4, value.littleEndianUInt32(at: 0) == 2 else {
      return nil
    }
    var list: [UInt8] = [1, 0, 0, 0]
    for start in stride(from: 4, to: value.count, by: 8) {
      let tag = UInt16(value[start]) | UInt16(value[start + 1]) << 8
      switch tag {
      case namedUser, namedGroup: list += value[start..<(start + 8)]
      case _ where plain.contains(tag): list += value[start..<(start + 4)]
      default: return nil
      }
    }
    return list
  }

  /// The form of `getxattr`; nil for what is no list.
  static func shown(_ stored: [UInt8]) -> [UInt8]? {
    guard stored.littleEndianUInt32(at: 0) == 1 else { return nil }
    var list: [UInt8] = [2, 0, 0, 0]
    var start = 4
    while start < stored.count {
      guard stored.count - start >= 4 else { return nil }
      let tag = UInt16(stored[start]) | UInt16(stored[start + 1]) << 8
      let isNamed = tag == namedUser || tag == namedGroup
      guard isNamed ? stored.count - start >= 8 : plain.contains(tag) else { return nil }
      let length = isNamed ? 8 : 4
      list += stored[start..<(start + length)]
      if !isNamed { list += [0xFF, 0xFF, 0xFF, 0xFF] }
      start += length
    }
    return list
  }
}
