import Bytes

/// What the volume keeps of a file: its inode, in 256 bytes.
///
/// ```
///   0  mode | owner | size | atime ctime mtime dtime | group | links | blocks | flags
///  40  60 bytes: roots of the extent tree, or a device's number, or a short link's target
/// 100  generation | attribute block | size, upper | … | upper halves of owner, group, blocks
/// 128  length of this part | checksum, upper | finer times | crtime
/// 160  extended attributes
/// ```
/// Little-endian. Source: kernel documentation, ext4, "Index Nodes".
struct InodeRecord {
  /// Where the fields that we know end.
  static let extraEnd = 128 + 32

  var mode: UInt16 = 0
  var links: UInt32 = 0
  var owner: UInt32 = 0
  var group: UInt32 = 0
  var flags: UInt32 = 0
  /// In bytes.
  var size: UInt64 = 0
  /// Blocks of 4 KiB that the file takes, those of its extent tree and attributes included.
  var blocks: UInt32 = 0
  var attributeBlock: UInt32 = 0
  /// Which of the writer's attribute pieces lies in the inode; none for 0.
  var attributePiece: UInt32 = 0
  /// The folder that a folder lies in.
  var parent: UInt32 = 0
  var times: (Ext4Time.Encoded, Ext4Time.Encoded, Ext4Time.Encoded, Ext4Time.Encoded) = (
    .init(seconds: 0, extra: 0), .init(seconds: 0, extra: 0), .init(seconds: 0, extra: 0),
    .init(seconds: 0, extra: 0)
  )
  /// The 60 bytes at 40.
  var root = InlineArray<15, UInt32>(repeating: 0)

  var type: UInt16 { mode & InodeType.mask }
  var isFolder: Bool { type == InodeType.folder }
  var isUsed: Bool { links > 0 }

  mutating func setTimes(_ new: Ext4Times, of path: [UInt8]) throws(Ext4Error) {
    func encoded(_ time: Ext4Time) throws(Ext4Error) -> Ext4Time.Encoded {
      guard let words = time.encoded else { throw .time(path, seconds: time.seconds) }
      return words
    }
    times = (
      try encoded(new.accessed), try encoded(new.changed), try encoded(new.modified),
      try encoded(new.created)
    )
  }

  /// - Parameter attributes: what lies behind byte 160, or nothing.
  func encode(
    number: UInt32, attributes: [UInt8], seed: UInt32, into bytes: inout [UInt8], at start: Int
  ) {
    func put<T: FixedWidthInteger>(_ value: T, _ offset: Int) {
      bytes.place(value, at: start + offset)
    }
    let sectors = UInt64(blocks) * UInt64(Ext4Geometry.blockSize / 512)
    put(mode, 0)
    put(UInt16(truncatingIfNeeded: owner), 2)
    put(UInt32(truncatingIfNeeded: size), 4)
    put(times.0.seconds, 8)
    put(times.1.seconds, 12)
    put(times.2.seconds, 16)
    put(UInt16(truncatingIfNeeded: group), 24)
    // Past 65000, a folder's links are no longer counted.
    put(links > 65000 ? UInt16(1) : UInt16(links), 26)
    put(UInt32(truncatingIfNeeded: sectors), 28)
    put(flags, 32)
    for index in 0..<15 { put(root[index], 40 + 4 * index) }
    put(attributeBlock, 104)
    put(UInt32(truncatingIfNeeded: size >> 32), 108)
    put(UInt16(truncatingIfNeeded: sectors >> 32), 116)
    put(UInt16(truncatingIfNeeded: owner >> 16), 120)
    put(UInt16(truncatingIfNeeded: group >> 16), 122)
    put(UInt16(Self.extraEnd - 128), 128)
    put(times.1.extra, 132)
    put(times.2.extra, 136)
    put(times.0.extra, 140)
    put(times.3.seconds, 144)
    put(times.3.extra, 148)
    if !attributes.isEmpty { bytes.place(attributes, at: start + Self.extraEnd) }
    var crc = CRC32C(seed: seed)
    crc.update(littleEndian: number)
    crc.update(littleEndian: 0)  // generation
    crc.update(bytes.span.bytes.extracting(start..<(start + Ext4Geometry.inodeSize)))
    put(UInt16(truncatingIfNeeded: crc.value), 124)
    put(UInt16(truncatingIfNeeded: crc.value >> 16), 130)
  }

  /// The seed of the checksums of all that belongs to one inode.
  static func seed(_ number: UInt32, volume: UInt32) -> UInt32 {
    var crc = CRC32C(seed: volume)
    crc.update(littleEndian: number)
    crc.update(littleEndian: 0)
    return crc.value
  }
}
