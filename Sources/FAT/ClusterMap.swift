import Measures

/// Which clusters each folder and file takes.
struct ClusterMap {
  /// Nodes in the order of their clusters: folders, then files.
  let order: [Int]
  /// Clusters of each node; none for empty files, and for the root folder of FAT12 and FAT16.
  private(set) var length: [UInt64]
  /// First cluster of each node; 0 where it has none.
  private(set) var first: [UInt64]
  /// Clusters taken in all.
  private(set) var used: UInt64 = 0

  init(
    _ tree: FATTree, _ geometry: FATGeometry, isLabelled: Bool, size: ByteCount
  ) throws(FATError) {
    let all = tree.inOrder
    order = all.filter { tree.nodes[$0].size == nil } + all.filter { tree.nodes[$0].size != nil }
    length = Array(repeating: 0, count: all.count)
    first = length
    for index in order {
      let node = tree.nodes[index]
      if let size = node.size {
        length[index] = geometry.clusters(for: UInt64(size))
      } else {
        let own = index == 0 ? (isLabelled ? 1 : 0) : 2
        let slots = node.children.reduce(own) { $0 + tree.nodes[$1].entry.slots }
        let isOutside = index == 0 && geometry.kind != .fat32
        let limit = isOutside ? FATGeometry.rootEntries : FATDirectory.entryLimit
        guard slots <= limit else {
          throw .folderTooLarge(path: node.path, entries: slots, limit: limit)
        }
        // An empty root of FAT32 still has its cluster.
        length[index] =
          isOutside ? 0 : max(1, geometry.clusters(for: UInt64(slots * FATName.slotSize)))
      }
      // A file has less than 2^23 clusters: no number of nodes that fits in memory overflows this.
      if length[index] > 0 { first[index] = used + 2 }
      used += length[index]
    }
    guard used <= geometry.clusterCount else {
      let missing = (used - geometry.clusterCount) * geometry.clusterSize
      throw .full(size: size, missing: ByteCount(missing))
    }
  }
}
