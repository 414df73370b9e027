import Bytes

/// The bytes of one folder, growing entry by entry.
struct FATDirectory {
  /// A folder's own limit, from the width of the entry numbers that readers use.
  static let entryLimit = 65536

  enum Attribute: UInt8 {
    case label = 0x08
    case folder = 0x10
    /// A plain file, marked as changed since the last backup, as every writer does.
    case file = 0x20
  }

  let stamp: FATTimestamp
  private(set) var bytes: [UInt8] = []

  init(stamp: FATTimestamp) { self.stamp = stamp }

  mutating func append(
    _ name: FATName, _ attribute: Attribute, cluster: UInt64 = 0, size: UInt32 = 0
  ) {
    let cluster = UInt32(truncatingIfNeeded: cluster)
    bytes += name.longEntries
    bytes += name.short
    bytes += [attribute.rawValue, 0, 0]
    bytes.append(littleEndian: stamp.time)  // created
    bytes.append(littleEndian: stamp.date)
    bytes.append(littleEndian: stamp.date)  // last read
    bytes.append(littleEndian: UInt16(truncatingIfNeeded: cluster >> 16))
    bytes.append(littleEndian: stamp.time)  // last written
    bytes.append(littleEndian: stamp.date)
    bytes.append(littleEndian: UInt16(truncatingIfNeeded: cluster))
    bytes.append(littleEndian: size)
  }
}
