/// Where a volume's groups lie, and what each must keep free for copies of the superblock.
///
/// ```
///   group 0                          group 1 (as 3, 5, 7, 9, 25, 27, 49 …)  group 2
///   +-------+-------------+------+---+-------+-------------+------+---------+------------- - -
///   | super | descriptors | room | … | super | descriptors | room | …       | …
///   +-------+-------------+------+---+-------+-------------+------+---------+------------- - -
///   1 block  32 B a group  to grow    copies                       32768 blocks a group
/// ```
///
/// With `flex_bg` bitmaps and inode tables may lie anywhere, so nothing else is fixed: data fill the
/// volume from its start, and the tables follow them, whatever the size turns out to be.
/// Source: kernel documentation, ext4, "Layout", "Flexible Block Groups".
struct Ext4Geometry: Equatable {
  static let blockSize = 4096
  static let blocksPerGroup = 32768
  static let inodeSize = 256
  static let inodesPerBlock = blockSize / inodeSize
  static let descriptorSize = 32
  static let descriptorsPerBlock = blockSize / descriptorSize
  /// Block numbers have 32 bits.
  static let mostBlocks = Int(UInt32.max)
  /// Of those, what is kept for folders and tables: 512 GiB.
  static let blocksForTables = 1 << 27

  /// Blocks that each head leaves for group descriptors, used or not.
  let descriptorRoom: Int
  /// Whether unused descriptor blocks belong to the inode that lets the volume grow; else they are
  /// free like any others.
  let ownsRoom: Bool

  /// The superblock and the room behind it.
  var head: Int { 1 + descriptorRoom }

  /// Descriptor blocks of a volume with `blocks` blocks.
  static func descriptorBlocks(_ blocks: Int) -> Int {
    (groups(blocks) + descriptorsPerBlock - 1) / descriptorsPerBlock
  }

  static func groups(_ blocks: Int) -> Int { (blocks + blocksPerGroup - 1) / blocksPerGroup }

  /// Whether a group begins with a copy of the superblock: 0, 1, and the powers of 3, 5 and 7.
  static func hasHead(_ group: Int) -> Bool {
    if group <= 1 { return true }
    return [3, 5, 7].contains { base in
      var power = base
      while power < group { power *= base }
      return power == group
    }
  }

  /// The first such group above `group`.
  static func headGroup(after group: Int) -> Int {
    var next = group + 1
    while !hasHead(next) { next += 1 }
    return next
  }

  /// Blocks of a head that are in use in a volume of `blocks` blocks.
  func usedHead(_ blocks: Int) -> Int {
    ownsRoom ? head : 1 + Self.descriptorBlocks(blocks)
  }

  /// The number of blocks nearest to `blocks` with which no group is left so short that its head
  /// and some data do not fit; never below it where `growing`, else never above.
  func sensible(_ blocks: Int, growing: Bool) -> Int {
    let last = blocks / Self.blocksPerGroup
    let rest = blocks % Self.blocksPerGroup
    guard rest > 0, last > 0, Self.hasHead(last), rest < head + 50 else { return blocks }
    return growing ? last * Self.blocksPerGroup + head + 50 : last * Self.blocksPerGroup
  }
}

/// Gives out blocks from the volume's start, past the heads of groups.
struct BlockCursor {
  /// The next block to be given out.
  private(set) var next: Int
  /// Where the next head begins.
  private var barrier: Int
  private let head: Int
  /// Blocks below `next` that belong to nobody.
  private(set) var free: [Range<Int>] = []

  init(_ geometry: Ext4Geometry) {
    head = geometry.head
    next = head
    barrier = Ext4Geometry.blocksPerGroup
  }

  /// At least one block, at most `count`, one behind the other.
  mutating func take(upTo count: Int) -> Range<Int> {
    if next >= barrier { passBarrier() }
    let run = next..<min(next + count, barrier)
    next = run.upperBound
    return run
  }

  /// Exactly `count` blocks, in as many runs as it takes.
  mutating func take(_ count: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var left = count
    while left > 0 {
      let run = take(upTo: left)
      runs.append(run)
      left -= run.count
    }
    return runs
  }

  /// Exactly `count` blocks, one behind the other.
  mutating func takeTogether(_ count: Int) -> Range<Int> {
    if next >= barrier { passBarrier() }
    while barrier - next < count {
      giveBack(next..<barrier)
      next = barrier
      passBarrier()
    }
    return take(upTo: count)
  }

  mutating func giveBack(_ run: Range<Int>) {
    if !run.isEmpty { free.append(run) }
  }

  private mutating func passBarrier() {
    let group = barrier / Ext4Geometry.blocksPerGroup
    next = barrier + head
    barrier = Ext4Geometry.headGroup(after: group) * Ext4Geometry.blocksPerGroup
  }
}
