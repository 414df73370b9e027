/// The blocks behind the group descriptors in each head, kept for more descriptors. They belong to
/// inode 7, by indirect blocks:
///
/// ```
///   inode 7 ─► resize block ─► spare block k of group 0 ─► spare block k of groups 1, 3, 5, 7, 9 …
/// ```
/// Source: e2fsprogs `lib/ext2fs/res_gdt.c`.
struct ResizeRoom {
  /// The resize block: where each spare block of group 0 lies, by its number among descriptors.
  private(set) var block = [UInt8].zeroes(Ext4Geometry.blockSize)
  /// The spare blocks of group 0.
  private(set) var spares: [(number: Int, bytes: [UInt8])] = []
  /// Blocks in all.
  let count: Int

  private static let perBlock = Ext4Geometry.blockSize / 4
  /// As if all blocks were there that inode 7 could name.
  static let fileSize = UInt64(perBlock * perBlock + perBlock + 12) * UInt64(Ext4Geometry.blockSize)

  init(_ plan: TablePlan, geometry: Ext4Geometry) {
    var copies: [Int] = []
    var group = 1
    while group < plan.groups {
      copies.append(group * Ext4Geometry.blocksPerGroup)
      group = Ext4Geometry.headGroup(after: group)
    }
    let used = Ext4Geometry.descriptorBlocks(plan.blocks)
    for index in used..<max(used, geometry.descriptorRoom) {
      let number = 1 + index
      block.place(UInt32(number), at: 4 * (index % Self.perBlock))
      var bytes = [UInt8].zeroes(Ext4Geometry.blockSize)
      for (place, start) in copies.enumerated() {
        bytes.place(UInt32(start + number), at: 4 * place)
      }
      spares.append((number, bytes))
    }
    count = 1 + spares.count * (1 + copies.count)
  }
}
