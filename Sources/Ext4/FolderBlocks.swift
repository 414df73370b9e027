import Bytes

/// A name in a folder.
struct FolderEntry {
  let inode: UInt32
  /// As an entry tells it: 1 for a file, 2 for a folder, and so on.
  let type: UInt8
  /// Where the name lies among all names.
  let name: Range<Int>

  /// In bytes: four-byte steps.
  var size: Int { (8 + name.count + 3) & ~3 }
}

/// The content of a folder as bytes: one block with the names in order, or, where they do not fit,
/// an index over blocks of names (see `FolderIndex`).
///
/// ```
///   entry:  inode (4) | length to the next entry (2) | name's length (1) | type (1) | name
///   block:  entry | entry | … | last entry, reaching to the tail | tail
///   tail:   0 (4) | 12 (2) | 0 (1) | DE (1) | checksum (4)
/// ```
/// Little-endian. Source: kernel documentation, ext4, "Directory Entries".
struct FolderBlocks {
  /// What a block has for entries: all but the tail.
  static let room = Ext4Geometry.blockSize - 12

  private(set) var bytes: [UInt8] = []
  let isIndexed: Bool

  /// - Parameters:
  ///   - entries: without `.` and `..`.
  ///   - names: the bytes of all names.
  ///   - seed: of the checksums of the folder's inode.
  init(
    _ entries: [FolderEntry], names: [UInt8], own: UInt32, parent: UInt32, seed: UInt32,
    hashSeed: [UInt32]
  ) throws(Ext4Error) {
    let total = entries.reduce(24) { $0 + $1.size }
    isIndexed = total > Self.room
    if isIndexed {
      bytes = try FolderIndex(
        entries, names: names, own: own, parent: parent, seed: seed, hashSeed: hashSeed
      ).bytes
    } else {
      bytes.reserveCapacity(Ext4Geometry.blockSize)
      Self.appendDots(own: own, parent: parent, room: entries.isEmpty ? Self.room : 24, to: &bytes)
      let sorted = entries.sorted { Self.precedes($0, $1, names) }
      Self.appendEntries(sorted[...], names: names, room: Self.room - 24, to: &bytes)
      Self.appendTail(seed: seed, to: &bytes)
    }
  }

  /// `lost+found`: four blocks, so that `e2fsck` has room where it needs it most.
  init(lostAndFound own: UInt32, parent: UInt32, seed: UInt32) {
    isIndexed = false
    Self.appendDots(own: own, parent: parent, room: Self.room, to: &bytes)
    Self.appendTail(seed: seed, to: &bytes)
    for _ in 1..<4 {
      bytes.append(littleEndian: UInt32(0))
      bytes.append(littleEndian: UInt32(Self.room))
      bytes.append(contentsOf: repeatElement(0, count: Self.room - 8))
      Self.appendTail(seed: seed, to: &bytes)
    }
  }

  static func precedes(_ left: FolderEntry, _ right: FolderEntry, _ names: [UInt8]) -> Bool {
    let length = min(left.name.count, right.name.count)
    for index in 0..<length {
      let (first, second) = (
        names[left.name.lowerBound + index], names[right.name.lowerBound + index]
      )
      if first != second { return first < second }
    }
    return left.name.count < right.name.count
  }

  /// `.` and `..`, in `room` bytes.
  static func appendDots(own: UInt32, parent: UInt32, room: Int, to bytes: inout [UInt8]) {
    bytes.append(littleEndian: own)
    bytes += [12, 0, 1, 2, UInt8(ascii: "."), 0, 0, 0]
    bytes.append(littleEndian: parent)
    bytes.append(littleEndian: UInt16(room - 12))
    bytes += [2, 2, UInt8(ascii: "."), UInt8(ascii: "."), 0, 0]
    bytes.append(contentsOf: repeatElement(0, count: room - 24))
  }

  /// Entries that take `room` bytes together, the last one as long as it takes.
  static func appendEntries(
    _ entries: ArraySlice<FolderEntry>, names: [UInt8], room: Int, to bytes: inout [UInt8]
  ) {
    guard let last = entries.indices.last else { return }
    let end = bytes.count + room
    for index in entries.indices {
      let entry = entries[index]
      let next = index == last ? end : bytes.count + entry.size
      bytes.append(littleEndian: entry.inode)
      bytes.append(littleEndian: UInt16(next - bytes.count + 4))
      bytes.append(UInt8(truncatingIfNeeded: entry.name.count))
      bytes.append(entry.type)
      bytes.append(names.span.bytes.extracting(entry.name))
      bytes.append(contentsOf: repeatElement(0, count: next - bytes.count))
    }
  }

  /// Closes a block whose entries are the last `room` bytes.
  static func appendTail(seed: UInt32, to bytes: inout [UInt8]) {
    var crc = CRC32C(seed: seed)
    crc.update(bytes.span.bytes.extracting((bytes.count - room)..<bytes.count))
    bytes += [0, 0, 0, 0, 12, 0, 0, 0xDE]
    bytes.append(littleEndian: crc.value)
  }
}
