extension Ext4Writer {
  /// The content of all folders, by the numbers of their inodes.
  mutating func writeFolders() throws(Ext4Error) {
    let members = entriesByFolder()
    let words = stride(from: 0, to: 16, by: 4).map { start in
      options.hashSeed[start..<(start + 4)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    for index in inodes.indices where inodes[index].isUsed && inodes[index].isFolder {
      let number = UInt32(index + 1)
      let entries = members.order[members.starts[index]..<members.starts[index + 1]].map {
        let entry = table.entries[Int($0)]
        return FolderEntry(
          inode: entry.inode, type: InodeType.entryType(of: inodes[entry.inode].mode),
          name: entry.name)
      }
      let seed = InodeRecord.seed(number, volume: seed)
      let parent = inodes[index].parent
      let folder =
        number == Self.lostAndFound && entries.isEmpty
        ? FolderBlocks(lostAndFound: number, parent: parent, seed: seed)
        : try FolderBlocks(
          entries, names: table.names, own: number, parent: parent, seed: seed, hashSeed: words)
      if folder.isIndexed { inodes[index].flags |= InodeFlags.indexed }
      inodes[index].size = UInt64(folder.bytes.count)
      var list = ExtentList()
      for run in cursor.take(folder.bytes.count / Ext4Geometry.blockSize) {
        let start = Int(list.blocks) * Ext4Geometry.blockSize
        let end = start + run.count * Ext4Geometry.blockSize
        try stage.put(
          folder.bytes.span.bytes.extracting(start..<end),
          at: UInt64(run.lowerBound) * UInt64(Ext4Geometry.blockSize))
        list.append(logical: Int(list.blocks), run: run)
      }
      try setExtents(number, list)
    }
  }

  /// The numbers of all entries in use, those of one folder together; and where each folder's begin,
  /// by inode. Sorted by counting: the time is linear.
  private func entriesByFolder() -> (order: [UInt32], starts: [Int]) {
    var starts = [Int](repeating: 0, count: inodes.count + 1)
    for entry in table.entries where entry.inode != 0 { starts[Int(entry.folder)] += 1 }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    var next = starts
    var order = [UInt32](repeating: 0, count: starts.last ?? 0)
    for (index, entry) in table.entries.enumerated() where entry.inode != 0 {
      let folder = Int(entry.folder) - 1
      order[next[folder]] = UInt32(index)
      next[folder] += 1
    }
    return (order, starts)
  }
}
