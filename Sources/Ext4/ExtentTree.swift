/// A run of a file's blocks that lie one behind the other on the volume.
struct Extent: Equatable {
  /// The first block's number within the file.
  let logical: UInt32
  /// And on the volume.
  let physical: UInt32
  var count: UInt32

  /// The blocks on the volume.
  var run: Range<Int> { Int(physical)..<(Int(physical) + Int(count)) }

  /// A written extent has at most this many blocks.
  static let longest: UInt32 = 32768
}

/// The extents of a file in the order of the file; neighbours are one, as far as they may.
struct ExtentList {
  private(set) var extents: [Extent] = []
  /// How many blocks there are.
  private(set) var blocks: UInt32 = 0

  mutating func append(logical: Int, run: Range<Int>) {
    var logical = UInt32(logical)
    var physical = UInt32(run.lowerBound)
    var left = UInt32(run.count)
    blocks += left
    if let last = extents.last, last.logical + last.count == logical,
      last.physical + last.count == physical, last.count < Extent.longest
    {
      let more = min(left, Extent.longest - last.count)
      extents[extents.count - 1].count += more
      logical += more
      physical += more
      left -= more
    }
    while left > 0 {
      let count = min(left, Extent.longest)
      extents.append(Extent(logical: logical, physical: physical, count: count))
      logical += count
      physical += count
      left -= count
    }
  }
}

/// How a file's extents are found: up to four in the inode, else a tree of blocks.
///
/// ```
///   node:   magic F30A (2) | entries (2) | room (2) | depth (2) | generation (4) | entry | entry …
///   leaf:   entry = first block in the file (4) | count (2) | on the volume: upper (2), lower (4)
///   index:  entry = first block in the file (4) | node's block: lower (4), upper (2) | 0 (2)
///   block:  a node for 340 entries, and 4 bytes of checksum
/// ```
/// Little-endian. Source: kernel documentation, ext4, "Extent Tree".
struct ExtentTree {
  static let magic: UInt16 = 0xF30A
  private static let inInode = 4
  private static let inBlock = (Ext4Geometry.blockSize - 12) / 12

  /// An entry of a leaf or an index as three words. Volumes of ours need no upper halves.
  private typealias Words = (UInt32, UInt32, UInt32)

  /// What the inode holds.
  private(set) var root = InlineArray<15, UInt32>(repeating: 0)
  /// The blocks of the tree, with their numbers.
  private(set) var blocks: [(number: Int, bytes: [UInt8])] = []

  /// - Parameters:
  ///   - seed: of the inode's checksums.
  ///   - cursor: gives the tree's blocks.
  init(_ extents: [Extent], seed: UInt32, from cursor: inout BlockCursor) {
    var depth = 0
    var entries: [Words] = extents.map { ($0.logical, $0.count, $0.physical) }
    while entries.count > Self.inInode {
      var parents: [Words] = []
      for start in stride(from: 0, to: entries.count, by: Self.inBlock) {
        let part = entries[start..<min(entries.count, start + Self.inBlock)]
        var bytes = [UInt8].zeroes(Ext4Geometry.blockSize)
        for (index, word) in Self.node(part, room: Self.inBlock, depth: depth).enumerated() {
          bytes.place(word, at: 4 * index)
        }
        let tail = Ext4Geometry.blockSize - 4
        var crc = CRC32C(seed: seed)
        crc.update(bytes.span.bytes.extracting(0..<tail))
        bytes.place(crc.value, at: tail)
        let number = cursor.take(upTo: 1).lowerBound
        blocks.append((number, bytes))
        parents.append((entries[start].0, UInt32(number), 0))
      }
      entries = parents
      depth += 1
    }
    for (index, word) in Self.node(entries[...], room: Self.inInode, depth: depth).enumerated() {
      root[index] = word
    }
  }

  private static func node(_ entries: ArraySlice<Words>, room: Int, depth: Int) -> [UInt32] {
    var words = [
      UInt32(magic) | UInt32(entries.count) << 16, UInt32(room) | UInt32(depth) << 16, 0,
    ]
    for entry in entries { words += [entry.0, entry.1, entry.2] }
    return words
  }
}
