import Bytes

/// A folder of many names: blocks of names by their hashes, and an index from a hash to its block, so
/// that a name is found by reading two or three blocks.
///
/// ```
///   block 0   . and .. , the latter as long as the block | 0 (4) | 1: half MD4 (1) | 8 (1) | levels (1)
///             | 0 (1) | room (2) | count (2) | block (4) | hash (4) block (4) | … | tail
///   1 … n     with two levels only: 0 (4) | 4096 (2) | 0 (2) | room (2) | count (2) | block (4) | …
///   others    leaves: names whose hashes lie from their own index entry's to the next one's
///   tail      0 (4) | checksum (4)
/// ```
/// A reader that knows nothing of it sees blocks with entries all the same.
/// Little-endian. Source: kernel documentation, ext4, "Hash Tree Directories".
struct FolderIndex {
  private(set) var bytes: [UInt8] = []

  private static let rootRoom = (Ext4Geometry.blockSize - 32 - 8) / 8
  private static let nodeRoom = (Ext4Geometry.blockSize - 8 - 8) / 8

  /// A block of an index or of names, and the lowest hash in it.
  private typealias Child = (hash: UInt32, block: UInt32)

  init(
    _ entries: [FolderEntry], names: [UInt8], own: UInt32, parent: UInt32, seed: UInt32,
    hashSeed: [UInt32]
  ) throws(Ext4Error) {
    let sorted = Self.sorted(entries, names: names, seed: hashSeed)
    let leaves = Self.leaves(sorted)
    let nodes =
      leaves.count <= Self.rootRoom ? 0 : (leaves.count + Self.nodeRoom - 1) / Self.nodeRoom
    guard nodes <= Self.rootRoom else {
      throw .folderTooLarge(inode: own, entries: entries.count)
    }
    let children = leaves.enumerated().map { index, leaf in
      Child(hash: leaf.hash, block: UInt32(1 + nodes + index))
    }
    bytes.reserveCapacity((1 + nodes + leaves.count) * Ext4Geometry.blockSize)
    FolderBlocks.appendDots(own: own, parent: parent, room: 24, to: &bytes)
    // The entry for .. reaches to the block's end.
    bytes.place(UInt16(Ext4Geometry.blockSize - 12), at: 16)
    bytes += [0, 0, 0, 0, 1, 8, nodes > 0 ? 1 : 0, 0]
    let parts = stride(from: 0, to: nodes > 0 ? children.count : 0, by: Self.nodeRoom).map {
      children[$0..<min(children.count, $0 + Self.nodeRoom)]
    }
    let top =
      nodes == 0
      ? children
      : parts.enumerated().map { index, part in
        Child(hash: part.first?.hash ?? 0, block: UInt32(1 + index))
      }
    append(top[...], room: Self.rootRoom, seed: seed, from: 0)
    for part in parts {
      let start = bytes.count
      bytes.append(littleEndian: UInt32(0))
      bytes.append(littleEndian: UInt32(Ext4Geometry.blockSize))
      append(part, room: Self.nodeRoom, seed: seed, from: start)
    }
    for leaf in leaves {
      FolderBlocks.appendEntries(
        sorted[leaf.entries].map(\.entry)[...], names: names, room: FolderBlocks.room, to: &bytes)
      FolderBlocks.appendTail(seed: seed, to: &bytes)
    }
  }

  /// The list of children, and the tail of the block that began at `start`.
  private mutating func append(
    _ children: ArraySlice<Child>, room: Int, seed: UInt32, from start: Int
  ) {
    bytes.append(littleEndian: UInt16(room))
    bytes.append(littleEndian: UInt16(children.count))
    for (index, child) in children.enumerated() {
      // The first child has no lower bound: room and count stand in its place.
      if index > 0 { bytes.append(littleEndian: child.hash) }
      bytes.append(littleEndian: child.block)
    }
    var crc = CRC32C(seed: seed)
    crc.update(bytes.span.bytes.extracting(start..<bytes.count))
    // The tail is taken in as well, its checksum being 0.
    crc.update(littleEndian: 0)
    crc.update(littleEndian: 0)
    bytes.append(contentsOf: repeatElement(0, count: 8 * (room - children.count) + 4))
    bytes.append(littleEndian: crc.value)
  }

  private struct Hashed {
    let hash: FolderHash
    let entry: FolderEntry
  }

  private static func sorted(
    _ entries: [FolderEntry], names: [UInt8], seed: [UInt32]
  ) -> [Hashed] {
    entries.map { entry in
      Hashed(
        hash: FolderHash(names.span.bytes.extracting(entry.name), seed: seed), entry: entry)
    }.sorted { left, right in
      left.hash == right.hash
        ? FolderBlocks.precedes(left.entry, right.entry, names) : left.hash < right.hash
    }
  }

  /// Which entries share a leaf. Where a leaf begins with the hash that the one before ends with, the
  /// lowest bit of its index entry says so.
  private static func leaves(_ entries: [Hashed]) -> [(hash: UInt32, entries: Range<Int>)] {
    var leaves: [(hash: UInt32, entries: Range<Int>)] = []
    var start = 0
    var size = 0
    func close(_ end: Int) {
      let hash = entries[start].hash.major
      let continues = start > 0 && entries[start - 1].hash.major == hash
      leaves.append((continues ? hash | 1 : hash, start..<end))
      start = end
      size = 0
    }
    for index in entries.indices {
      if size + entries[index].entry.size > FolderBlocks.room { close(index) }
      size += entries[index].entry.size
    }
    if start < entries.count { close(entries.count) }
    return leaves
  }
}
