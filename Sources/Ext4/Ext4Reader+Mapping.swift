import Bytes

extension Ext4Reader {
  /// Blocks of a file that lie one behind the other, or that are all missing.
  struct Run {
    /// On the volume; nil for a hole, which reads as zeroes.
    let block: UInt64?
    /// At least 1.
    let count: UInt64
  }

  /// Where a block of a file lies, and how many behind it lie behind it.
  func run(_ inode: Ext4Inode, at logical: UInt64) throws(Ext4ReadError) -> Run {
    let run =
      inode.flags & InodeFlags.extents != 0
      ? try extentRun(inode, at: logical) : try indirectRun(inode, at: logical)
    if let block = run.block {
      guard block > 0, block < blockCount, run.count <= blockCount - block else {
        throw .damaged(.blockNumber(block), offset: inode.offset)
      }
    }
    return run
  }

  /// Goes down the tree of extents, whose levels grow smaller each step.
  private func extentRun(_ inode: Ext4Inode, at logical: UInt64) throws(Ext4ReadError) -> Run {
    var node = inode.root
    var offset = inode.offset + 40
    var level: UInt32 = 6
    /// Where the next node or extent begins, beyond which this one knows nothing.
    var end = UInt64(1) << 32
    guard logical < end else { return Run(block: nil, count: .max - logical) }
    while true {
      let head = node.littleEndianUInt32(at: 0) ?? 0
      let depth = (node.littleEndianUInt32(at: 4) ?? 0) >> 16
      let count = Int(head >> 16)
      guard head & 0xFFFF == UInt32(ExtentTree.magic), depth < level,
        12 + 12 * count <= node.count
      else { throw .damaged(.extentNode, offset: offset) }
      var found: Int?
      for index in 0..<count {
        let first = UInt64(node.littleEndianUInt32(at: 12 + 12 * index) ?? 0)
        if first <= logical { found = index } else { end = min(end, first) }
      }
      guard let found else { return Run(block: nil, count: end - logical) }
      let entry = 12 + 12 * found
      let second = node.littleEndianUInt32(at: entry + 4) ?? 0
      let third = node.littleEndianUInt32(at: entry + 8) ?? 0
      if depth == 0 {
        let first = UInt64(node.littleEndianUInt32(at: entry) ?? 0)
        let length = UInt64(second & 0xFFFF)
        // Longer ones are there, but were never written: they read as zeroes.
        let isWritten = length <= UInt64(Extent.longest)
        let count = isWritten ? length : length - UInt64(Extent.longest)
        let skipped = logical - first
        guard skipped < count else { return Run(block: nil, count: end - logical) }
        let start = UInt64(third) | UInt64(second >> 16) << 32
        return Run(block: isWritten ? start + skipped : nil, count: count - skipped)
      }
      let block = UInt64(second) | UInt64(third & 0xFFFF) << 32
      guard block > 0, block < blockCount else {
        throw .damaged(.blockNumber(block), offset: offset)
      }
      offset = block * UInt64(blockSize)
      node = try bytes(blockSize, at: offset)
      level = depth
    }
  }

  /// Goes down the tables of ext2: twelve blocks in the inode, then one, two and three steps.
  private func indirectRun(_ inode: Ext4Inode, at logical: UInt64) throws(Ext4ReadError) -> Run {
    let perBlock = UInt64(blockSize / 4)
    if logical < 12 { return pointers(inode.root, from: Int(logical), below: 12) }
    var rest = logical - 12
    /// Blocks that one number of the table at hand stands for.
    var span = UInt64(1)
    for step in 0..<3 {
      let reach = span * perBlock
      guard rest >= reach else {
        var number = UInt64(inode.root.littleEndianUInt32(at: 4 * (12 + step)) ?? 0)
        var covered = reach
        while true {
          guard number != 0 else { return Run(block: nil, count: covered - rest % covered) }
          guard number < blockCount else {
            throw .damaged(.blockNumber(number), offset: inode.offset)
          }
          let table = try bytes(blockSize, at: number * UInt64(blockSize))
          let index = Int(rest / span % perBlock)
          if span == 1 { return pointers(table, from: index, below: Int(perBlock)) }
          number = UInt64(table.littleEndianUInt32(at: 4 * index) ?? 0)
          covered = span
          span /= perBlock
        }
      }
      rest -= reach
      span = reach
    }
    return Run(block: nil, count: .max - logical)
  }

  /// The run that begins with a table's number `index`.
  private func pointers(_ table: [UInt8], from index: Int, below end: Int) -> Run {
    let first = table.littleEndianUInt32(at: 4 * index) ?? 0
    var next = index + 1
    while next < end {
      let wanted = first == 0 ? 0 : UInt64(first) + UInt64(next - index)
      guard UInt64(table.littleEndianUInt32(at: 4 * next) ?? 0) == wanted else { break }
      next += 1
    }
    return Run(block: first == 0 ? nil : UInt64(first), count: UInt64(next - index))
  }
}
