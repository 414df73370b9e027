import Measures

/// Where journal, bitmaps and inode tables lie, were the volume `blocks` large: behind everything
/// else.
struct TablePlan {
  let blocks: Int
  let groups: Int
  let inodesPerGroup: Int
  /// Of the resize inode, where there is one: the block that names all others.
  let resizeBlock: Int?
  let journal: ExtentList
  let journalTree: ExtentTree
  let blockBitmaps: [Int]
  let inodeBitmaps: [Int]
  let inodeTables: [Range<Int>]
  /// Behind the last table.
  let end: Int
  /// Blocks below `end` that belong to nobody.
  let free: [Range<Int>]

  /// Inode bits that a bitmap of one block has.
  static let mostInodesPerGroup = Ext4Geometry.blockSize * 8

  /// - Parameters:
  ///   - cursor: behind all files and folders.
  ///   - inodes: as many as there must be at least.
  ///   - seed: of the volume's checksums.
  init(
    _ blocks: Int, after cursor: BlockCursor, inodes: Int, geometry: Ext4Geometry,
    options: Ext4Options, seed: UInt32
  ) {
    var cursor = cursor
    self.blocks = blocks
    groups = Ext4Geometry.groups(blocks)
    // One for 16 KiB, and a quarter more than there are.
    let wanted = options.inodes == nil ? max(blocks / 4, inodes / 4 * 5) : inodes
    let perGroup = (wanted + groups - 1) / groups
    let step = Ext4Geometry.inodesPerBlock
    inodesPerGroup = min(max((perGroup + step - 1) / step * step, step), Self.mostInodesPerGroup)
    let spare = geometry.descriptorRoom - Ext4Geometry.descriptorBlocks(blocks)
    resizeBlock = geometry.ownsRoom && spare > 0 ? cursor.take(upTo: 1).lowerBound : nil
    var journal = ExtentList()
    for run in cursor.take(options.journal.blocks(of: blocks)) {
      journal.append(logical: Int(journal.blocks), run: run)
    }
    self.journal = journal
    journalTree = ExtentTree(
      journal.extents, seed: InodeRecord.seed(Ext4Writer.journalInode, volume: seed),
      from: &cursor)
    blockBitmaps = cursor.take(groups).flatMap { Array($0) }
    inodeBitmaps = cursor.take(groups).flatMap { Array($0) }
    let tableBlocks = inodesPerGroup / step
    inodeTables = (0..<groups).map { _ in cursor.takeTogether(tableBlocks) }
    end = cursor.next
    free = cursor.free
  }

  /// Blocks above `end` that files can take.
  func freeBehind(_ geometry: Ext4Geometry) -> Int {
    var heads = 0
    var group = max(0, (end - 1) / Ext4Geometry.blocksPerGroup)
    while true {
      group = Ext4Geometry.headGroup(after: group)
      if group >= groups { break }
      heads += 1
    }
    return max(0, blocks - end - heads * geometry.usedHead(blocks))
  }

  /// The smallest volume with `slack` free blocks, a whole number of `unit` blocks where it can be.
  static func smallest(
    after cursor: BlockCursor, inodes: Int, geometry: Ext4Geometry, options: Ext4Options,
    seed: UInt32, slack: Int, unit: Int
  ) -> TablePlan {
    // As many groups as have bits for the inodes.
    let groups = (inodes + mostInodesPerGroup - 1) / mostInodesPerGroup
    var blocks = max(cursor.next, 64, (groups - 1) * Ext4Geometry.blocksPerGroup + 1)
    while true {
      let rounded = geometry.sensible((blocks + unit - 1) / unit * unit, growing: true)
      let plan = TablePlan(
        rounded, after: cursor, inodes: inodes, geometry: geometry, options: options,
        seed: seed)
      let free = plan.freeBehind(geometry)
      if plan.end <= rounded, free >= slack { return plan }
      blocks = rounded + max(1, max(plan.end - rounded, slack - free))
    }
  }
}

extension Ext4Options.Journal {
  /// Blocks of the journal of a volume with `blocks` blocks. Source: e2fsprogs
  /// `ext2fs_default_journal_size`.
  func blocks(of blocks: Int) -> Int {
    switch self {
    case .none: 0
    case .size(let size): Int(size.rawValue / UInt64(Ext4Geometry.blockSize))
    case .bySize:
      switch blocks {
      case ..<2048: 0
      case ..<32768: 1024
      case ..<(256 * 1024): 4096
      case ..<(512 * 1024): 8192
      default: 16384
      }
    }
  }
}
