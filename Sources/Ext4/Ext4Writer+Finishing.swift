import Bytes
import Measures

extension Ext4Writer {
  /// Writes all that is left: folders, journal, tables, and the superblock last.
  public consuming func finish() throws(Ext4Error) -> Ext4Layout {
    try closeFile()
    try writeFolders()
    let plan = try plan()
    let zeroes = try writeJournal(plan)
    try writeResizeRoom(plan)
    let map = BlockMap(plan, geometry: geometry)
    let groups = GroupTable(plan, map: map, inodes: inodes, seed: seed)
    for group in 0..<plan.groups {
      try put(Array(map.bytes[map.group(group)]), block: plan.blockBitmaps[group])
    }
    for group in 0..<plan.groups where !groups.inodeBitmaps[group].isEmpty {
      try put(groups.inodeBitmaps[group], block: plan.inodeBitmaps[group])
    }
    try writeInodes(plan)
    try writeHeads(plan, groups)
    let used = inodes.indices.count { inodes[$0].isUsed }
    return Ext4Layout(
      size: Self.bytes(plan.blocks), free: Self.bytes(groups.freeBlocks),
      inodes: plan.groups * plan.inodesPerGroup, usedInodes: used,
      mapped: (stage.written + zeroes).joined())
  }

  static func bytes(_ blocks: Int) -> ByteCount {
    ByteCount(UInt64(blocks) * UInt64(Ext4Geometry.blockSize))
  }

  /// The size of the volume, and with it the places of the tables.
  private func plan() throws(Ext4Error) -> TablePlan {
    let most = Int(UInt32.max)
    guard inodes.count <= most else { throw .tooManyFiles(inodes.count, limit: most) }
    let wanted = max(inodes.count, options.inodes ?? 0)
    func smallest(slack: Int, unit: Int) -> TablePlan {
      TablePlan.smallest(
        after: cursor, inodes: wanted, geometry: geometry, options: options,
        seed: seed, slack: slack, unit: unit)
    }
    switch options.size {
    case .content(let slack, _):
      let blocks = Int(clamping: slack.rawValue / UInt64(Ext4Geometry.blockSize))
      guard blocks < Ext4Geometry.mostBlocks else { throw .size(slack) }
      let plan = smallest(slack: blocks, unit: (1 << 20) / Ext4Geometry.blockSize)
      guard plan.blocks <= limit else {
        throw .full(size: Self.bytes(limit), missing: Self.bytes(plan.blocks - limit))
      }
      return plan
    case .fixed:
      let plan = TablePlan(
        limit, after: cursor, inodes: wanted, geometry: geometry, options: options,
        seed: seed)
      let places = plan.groups * plan.inodesPerGroup
      if plan.end > limit {
        let enough = smallest(slack: 0, unit: 1)
        // Further descriptors shift all that follows them.
        let descriptors = Ext4Geometry.descriptorBlocks(enough.blocks) - geometry.descriptorRoom
        let shift = max(0, descriptors) * (enough.groups + 1)
        throw .full(size: Self.bytes(limit), missing: Self.bytes(enough.blocks + shift - limit))
      }
      guard places >= wanted else { throw .tooManyFiles(wanted, limit: places) }
      return plan
    }
  }

  /// - Returns: the ranges that must be zero.
  private mutating func writeJournal(_ plan: TablePlan) throws(Ext4Error) -> [Range<UInt64>] {
    guard let first = plan.journal.extents.first else { return [] }
    try setAttributes(
      Self.journalInode,
      Ext4Attributes(permissions: 0o600, times: Ext4Times(modified: options.time)),
      type: InodeType.file, path: [])
    inodes[Self.journalInode].links = 1
    inodes[Self.journalInode].size = Self.bytes(Int(plan.journal.blocks)).rawValue
    try setExtents(Self.journalInode, plan.journal, plan.journalTree)
    try put(
      EmptyJournal.superblock(blocks: Int(plan.journal.blocks)), block: first.run.lowerBound)
    return plan.journal.extents.map {
      Self.bytes($0.run.lowerBound).rawValue..<Self.bytes($0.run.upperBound).rawValue
    }
  }

  private mutating func writeResizeRoom(_ plan: TablePlan) throws(Ext4Error) {
    guard let block = plan.resizeBlock else { return }
    let room = ResizeRoom(plan, geometry: geometry)
    try setAttributes(
      Self.resizeInode,
      Ext4Attributes(permissions: 0o600, times: Ext4Times(modified: options.time)),
      type: InodeType.file, path: [])
    inodes[Self.resizeInode].links = 1
    inodes[Self.resizeInode].size = ResizeRoom.fileSize
    inodes[Self.resizeInode].blocks = UInt32(room.count)
    // The double indirect block of a file without extents.
    inodes[Self.resizeInode].root[13] = UInt32(block)
    try put(room.block, block: block)
    for spare in room.spares { try put(spare.bytes, block: spare.number) }
  }

  /// The tables, as far as inodes are in use.
  private mutating func writeInodes(_ plan: TablePlan) throws(Ext4Error) {
    let perBlock = Ext4Geometry.inodesPerBlock
    for group in 0..<plan.groups {
      let first = group * plan.inodesPerGroup
      let end = min(inodes.count, first + plan.inodesPerGroup)
      for start in stride(from: first, to: end, by: perBlock) {
        var block = [UInt8].zeroes(Ext4Geometry.blockSize)
        for index in start..<min(end, start + perBlock) where inodes[index].isUsed {
          inodes[index].encode(
            number: UInt32(index + 1),
            attributes: attributePieces[Int(inodes[index].attributePiece)], seed: seed,
            into: &block, at: (index - start) * Ext4Geometry.inodeSize)
        }
        try put(block, block: plan.inodeTables[group].lowerBound + (start - first) / perBlock)
      }
    }
  }

  /// Superblock and descriptors, those of group 0 after all copies.
  private mutating func writeHeads(
    _ plan: TablePlan, _ groups: GroupTable
  ) throws(Ext4Error) {
    let superblock = Superblock(
      plan, groups: groups, geometry: geometry, options: options,
      journal: inodes[Self.journalInode])
    var descriptors = groups.bytes
    descriptors.pad(to: Ext4Geometry.blockSize)
    var group = 1
    while group < plan.groups {
      var block = superblock.encoded(group: group)
      block.pad(to: Ext4Geometry.blockSize)
      try put(block + descriptors, block: group * Ext4Geometry.blocksPerGroup)
      group = Ext4Geometry.headGroup(after: group)
    }
    try put(descriptors, block: 1)
    try stage.flush()
    var block = [UInt8].zeroes(Superblock.size) + superblock.encoded(group: 0)
    block.pad(to: Ext4Geometry.blockSize)
    try put(block, block: 0)
    try stage.flush()
  }
}
