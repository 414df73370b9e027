import Bytes

/// What is known of each group: where its bitmaps and inodes lie, and what is free.
///
/// ```
///   0  block bitmap (4) | inode bitmap (4) | inode table (4) | free blocks (2) | free inodes (2)
///  16  folders (2) | flags (2) | 0 (4) | checksums of the bitmaps (2, 2) | unused inodes (2)
///  30  checksum (2)
/// ```
/// A group whose inodes nobody uses says so by a flag: its bitmap and table need not be read, and are
/// not written. Little-endian. Source: kernel documentation, ext4, "Block Group Descriptors".
struct GroupTable {
  private static let inodesUnused: UInt16 = 1

  /// 32 bytes a group.
  private(set) var bytes: [UInt8] = []
  /// One block a group; nothing for groups whose inodes nobody uses.
  private(set) var inodeBitmaps: [[UInt8]] = []
  private(set) var freeBlocks = 0
  private(set) var freeInodes = 0

  init(_ plan: TablePlan, map: BlockMap, inodes: [InodeRecord], seed: UInt32) {
    bytes = .zeroes(plan.groups * Ext4Geometry.descriptorSize)
    for group in 0..<plan.groups {
      let start = group * Ext4Geometry.descriptorSize
      let first = group * plan.inodesPerGroup
      let numbers = first..<max(first, min(first + plan.inodesPerGroup, inodes.count))
      var bitmap = [UInt8].zeroes(Ext4Geometry.blockSize)
      var (used, folders) = (0, 0)
      for index in numbers where inodes[index].isUsed || index < Int(Ext4Writer.lostAndFound) {
        bitmap[(index - first) / 8] |= 1 << UInt8((index - first) % 8)
        used += 1
        if inodes[index].isFolder { folders += 1 }
      }
      // Bits without an inode count as used.
      for index in (plan.inodesPerGroup / 8)..<bitmap.count { bitmap[index] = 0xFF }
      let free = map.free(in: group)
      bytes.place(UInt32(plan.blockBitmaps[group]), at: start)
      bytes.place(UInt32(plan.inodeBitmaps[group]), at: start + 4)
      bytes.place(UInt32(plan.inodeTables[group].lowerBound), at: start + 8)
      bytes.place(UInt16(free), at: start + 12)
      bytes.place(UInt16(plan.inodesPerGroup - used), at: start + 14)
      bytes.place(UInt16(folders), at: start + 16)
      var crc = CRC32C(seed: seed)
      crc.update(map.bytes.span.bytes.extracting(map.group(group)))
      bytes.place(UInt16(truncatingIfNeeded: crc.value), at: start + 24)
      if used > 0 {
        crc = CRC32C(seed: seed)
        crc.update(bitmap.span.bytes.extracting(0..<(plan.inodesPerGroup / 8)))
        bytes.place(UInt16(truncatingIfNeeded: crc.value), at: start + 26)
        inodeBitmaps.append(bitmap)
      } else {
        bytes.place(Self.inodesUnused, at: start + 18)
        inodeBitmaps.append([])
      }
      bytes.place(UInt16(plan.inodesPerGroup - numbers.count), at: start + 28)
      crc = CRC32C(seed: seed)
      crc.update(littleEndian: UInt32(group))
      crc.update(bytes.span.bytes.extracting(start..<(start + Ext4Geometry.descriptorSize)))
      bytes.place(UInt16(truncatingIfNeeded: crc.value), at: start + 30)
      freeBlocks += free
      freeInodes += plan.inodesPerGroup - used
    }
  }
}
