import Bytes

extension Ext4Reader {
  /// As many bytes of a file as are asked for, or as there are; holes are zeroes.
  ///
  /// - Parameter count: nil for all, which is refused where a file has more bytes than the volume.
  public func read(
    _ inode: Ext4Inode, count: UInt64? = nil, at offset: UInt64 = 0
  ) throws(Ext4ReadError) -> [UInt8] {
    guard inode.isFile, offset < inode.size else { return [] }
    try refuseUnread(inode)
    if count == nil, inode.size > source.size {
      throw .tooLarge(inode: inode.number, size: inode.size)
    }
    let wanted = min(count ?? .max, inode.size - offset)
    guard let wanted = Int(exactly: wanted) else {
      throw .tooLarge(inode: inode.number, size: inode.size)
    }
    return try content(inode, count: wanted, at: offset)
  }

  /// Where the data of a file lie, holes left out: in the file, on the volume, both in bytes.
  public func places(
    of inode: Ext4Inode
  ) throws(Ext4ReadError) -> [(file: Range<UInt64>, volume: UInt64)] {
    try refuseUnread(inode)
    var places: [(file: Range<UInt64>, volume: UInt64)] = []
    let size = UInt64(blockSize)
    try forEachRun(inode) { logical, run in
      guard let block = run.block else { return }
      let start = logical * size
      places.append((start..<min(inode.size, start + run.count * size), block * size))
    }
    return places
  }

  /// Where a symbolic link leads to; nil for anything else.
  public func target(of inode: Ext4Inode) throws(Ext4ReadError) -> [UInt8]? {
    guard inode.isSymbolicLink else { return nil }
    try refuseUnread(inode)
    guard inode.size > 0, inode.size <= 4096 else {
      throw .damaged(.linkLength(inode.size), offset: inode.offset)
    }
    let isShort = inode.size <= 60 && !inode.hasBlocks && inode.flags & InodeFlags.extents == 0
    return isShort
      ? Array(inode.root.prefix(Int(inode.size)))
      : try content(inode, count: Int(inode.size), at: 0)
  }

  func refuseUnread(_ inode: Ext4Inode) throws(Ext4ReadError) {
    if inode.flags & InodeFlags.inlineData != 0 {
      throw .notRead(.inlineData, inode: inode.number)
    }
    if inode.flags & InodeFlags.encrypted != 0 {
      throw .notRead(.encrypted, inode: inode.number)
    }
  }

  /// Bytes that lie within the file's size.
  private func content(
    _ inode: Ext4Inode, count: Int, at offset: UInt64
  ) throws(Ext4ReadError) -> [UInt8] {
    var content: [UInt8] = []
    var done = 0
    let size = UInt64(blockSize)
    while done < count {
      let position = offset + UInt64(done)
      let run = try run(inode, at: position / size)
      let within = position % size
      let (length, overflow) = run.count.multipliedReportingOverflow(by: size)
      let part = Int(min(UInt64(count - done), overflow ? .max : length - within))
      if let block = run.block {
        let data = try bytes(part, at: block * size + within)
        if part == count { return data }
        if content.isEmpty { content = .zeroes(count) }
        content.replaceSubrange(done..<(done + part), with: data)
      }
      done += part
    }
    return content.isEmpty ? .zeroes(count) : content
  }

  /// All runs of a file or folder, in its order. There are no more of them than a sound volume has
  /// blocks, twice counted: tables that lead in a circle end there.
  func forEachRun(
    _ inode: Ext4Inode, _ body: (UInt64, Run) throws(Ext4ReadError) -> Void
  ) throws(Ext4ReadError) {
    let size = UInt64(blockSize)
    let end = inode.size / size + (inode.size % size == 0 ? 0 : 1)
    let most = min(blockCount, source.size / size)
    var blocks: UInt64 = 0
    var steps: UInt64 = 0
    var logical: UInt64 = 0
    while logical < end {
      let run = try run(inode, at: logical)
      let count = min(run.count, end - logical)
      steps += 1
      if run.block != nil { blocks += count }
      guard blocks <= most, steps <= 2 * most + 16 else {
        throw .damaged(.folderLength, offset: inode.offset)
      }
      try body(logical, Run(block: run.block, count: count))
      logical += count
    }
  }
}
