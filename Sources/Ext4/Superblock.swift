import Bytes

/// The superblock: 1024 bytes, at offset 1024 of the volume, and at the start of each further head.
///
/// The offsets below are the format's own. Little-endian. Source: kernel documentation, ext4, "The
/// Super Block"; e2fsprogs `lib/ext2fs/ext2_fs.h`.
struct Superblock {
  static let size = 1024
  static let magic: UInt16 = 0xEF53

  /// The checksum is not yet in it, nor the number of the group that holds it.
  private var bytes = [UInt8].zeroes(size)

  init(
    _ plan: TablePlan, groups: GroupTable, geometry: Ext4Geometry, options: Ext4Options,
    journal: InodeRecord
  ) {
    let time = UInt32(truncatingIfNeeded: options.time.seconds)
    let timeAbove = UInt8(truncatingIfNeeded: options.time.seconds >> 32)
    let hasJournal = plan.journal.blocks > 0
    var compatible = Ext4Features.Compatible.extendedAttributes
    compatible |= Ext4Features.Compatible.folderIndex
    if hasJournal { compatible |= Ext4Features.Compatible.journal }
    if plan.resizeBlock != nil { compatible |= Ext4Features.Compatible.resizeInode }
    let incompatible: Ext4Features.Incompatible = [.fileType, .extents, .flexibleGroups]
    typealias ReadOnly = Ext4Features.ReadOnlyCompatible
    let readOnly =
      ReadOnly.sparseSuperblocks | ReadOnly.largeFiles | ReadOnly.hugeFiles
      | ReadOnly.manySubfolders | ReadOnly.extraInodeSize | ReadOnly.metadataChecksums

    put(UInt32(plan.inodesPerGroup * plan.groups), 0x00)
    put(UInt32(plan.blocks), 0x04)
    put(UInt32(plan.blocks / 100 * options.reserve), 0x08)
    put(UInt32(groups.freeBlocks), 0x0C)
    put(UInt32(groups.freeInodes), 0x10)
    put(UInt32(0), 0x14)  // the first block that belongs to a group
    put(UInt32(2), 0x18)  // block size: 1024 << 2
    put(UInt32(2), 0x1C)
    put(UInt32(Ext4Geometry.blocksPerGroup), 0x20)
    put(UInt32(Ext4Geometry.blocksPerGroup), 0x24)
    put(UInt32(plan.inodesPerGroup), 0x28)
    put(time, 0x30)  // last written
    put(UInt16.max, 0x36)  // no check after so many mounts
    put(Self.magic, 0x38)
    put(UInt16(1), 0x3A)  // clean
    put(UInt16(1), 0x3C)  // after an error: go on
    put(time, 0x40)  // last checked
    put(UInt32(1), 0x4C)  // revision
    put(Ext4Writer.lostAndFound, 0x54)  // the first inode that is not reserved
    put(UInt16(Ext4Geometry.inodeSize), 0x58)
    put(compatible, 0x5C)
    put(incompatible.rawValue, 0x60)
    put(readOnly, 0x64)
    bytes.place(options.uuid, at: 0x68)
    bytes.place(options.label, at: 0x78)
    if plan.resizeBlock != nil {
      put(UInt16(geometry.descriptorRoom - Ext4Geometry.descriptorBlocks(plan.blocks)), 0xCE)
    }
    bytes.place(options.hashSeed, at: 0xEC)
    put(UInt8(1), 0xFC)  // hash: half MD4
    put(UInt32(0x0C), 0x100)  // mount options: user attributes, access control lists
    put(time, 0x108)  // made
    if hasJournal {
      put(Ext4Writer.journalInode, 0xE0)
      // A copy of where the journal lies, for the case that its inode is lost.
      put(UInt8(1), 0xFD)
      for index in 0..<15 { put(journal.root[index], 0x10C + 4 * index) }
      put(UInt32(truncatingIfNeeded: journal.size >> 32), 0x148)
      put(UInt32(truncatingIfNeeded: journal.size), 0x14C)
    }
    put(UInt16(InodeRecord.extraEnd - 128), 0x15C)
    put(UInt16(InodeRecord.extraEnd - 128), 0x15E)
    put(UInt32(2), 0x160)  // the hash takes bytes as unsigned
    put(UInt8(4), 0x174)  // 16 groups together
    put(UInt8(1), 0x175)  // checksums: crc32c
    for offset in [0x274, 0x276, 0x277] { put(timeAbove, offset) }
  }

  private mutating func put<T: FixedWidthInteger>(_ value: T, _ offset: Int) {
    bytes.place(value, at: offset)
  }

  /// As a group holds it.
  func encoded(group: Int) -> [UInt8] {
    var bytes = bytes
    bytes.place(UInt16(truncatingIfNeeded: group), at: 0x5A)
    var crc = CRC32C()
    crc.update(bytes.span.bytes.extracting(0..<0x3FC))
    bytes.place(crc.value, at: 0x3FC)
    return bytes
  }
}
