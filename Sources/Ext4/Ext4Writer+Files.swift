import Measures

/// The file whose content is arriving.
struct OpenFile {
  let number: UInt32
  let path: [UInt8]
  let size: UInt64
  var list = ExtentList()
  /// Where the next byte may lie at the earliest.
  var position: UInt64 = 0
}

extension Ext4Writer {
  /// Begins a regular file, whose bytes follow by `write` or `place`; what does not follow is a hole.
  /// It ends when anything else is added.
  ///
  /// - Parameter size: in bytes, holes included.
  public mutating func addFile(
    _ path: [UInt8], size: UInt64, _ attributes: Ext4Attributes
  ) throws(Ext4Error) {
    try closeFile()
    guard size <= UInt64(UInt32.max) * UInt64(Ext4Geometry.blockSize) else {
      throw .fileTooLarge(path, size: ByteCount(size))
    }
    let number = try create(path, type: InodeType.file, attributes)
    inodes[number].size = size
    open = OpenFile(number: number, path: path, size: size)
  }

  /// Writes bytes of the file begun last.
  ///
  /// - Parameter offset: within the file, not before the end of what was written.
  public mutating func write(_ bytes: RawSpan, at offset: UInt64) throws(Ext4Error) {
    var done = 0
    try forEachPlace(bytes.byteCount, at: offset) { (stage, place) throws(Ext4Error) in
      let end = done + Int(place.upperBound - place.lowerBound)
      try stage.put(bytes.extracting(done..<end), at: place.lowerBound)
      done = end
    }
  }

  /// Finds the place of bytes of the file begun last, for somebody else to write them, or for a plan.
  /// The last block of a file has to be filled with zeroes.
  ///
  /// - Returns: ranges of the volume, in bytes, in the order of the file.
  @discardableResult
  public mutating func place(_ count: Int, at offset: UInt64) throws(Ext4Error) -> [Range<UInt64>] {
    var places: [Range<UInt64>] = []
    try forEachPlace(count, at: offset) { (stage, place) throws(Ext4Error) in
      stage.noteBlocks(of: place)
      if let last = places.last, last.upperBound == place.lowerBound {
        places[places.count - 1] = last.lowerBound..<place.upperBound
      } else {
        places.append(place)
      }
    }
    return places
  }

  private mutating func forEachPlace(
    _ count: Int, at offset: UInt64,
    _ body: (inout Ext4Stage, Range<UInt64>) throws(Ext4Error) -> Void
  ) throws(Ext4Error) {
    guard count > 0 else { return }
    // Taken out while it changes, so that its list of extents is not copied.
    guard var file = open.take() else { throw .noFile(offset: offset) }
    guard offset >= file.position, offset <= file.size, UInt64(count) <= file.size - offset else {
      throw .outOfOrder(file.path, offset: offset)
    }
    let blockSize = UInt64(Ext4Geometry.blockSize)
    let end = offset + UInt64(count)
    var position = offset
    while position < end {
      let logical = Int(position / blockSize)
      let inBlock = position % blockSize
      let first: Int
      let length: UInt64
      if let last = file.list.extents.last, Int(last.logical + last.count) == logical + 1 {
        // The block that was begun before.
        first = Int(last.physical + last.count) - 1
        length = blockSize - inBlock
      } else {
        let wanted = Int((inBlock + (end - position) + blockSize - 1) / blockSize)
        let run = cursor.take(upTo: wanted)
        // Beyond this there is not even a number for the blocks of folders and tables.
        guard run.upperBound <= Ext4Geometry.mostBlocks - Ext4Geometry.blocksForTables else {
          throw .full(size: Self.bytes(limit), missing: Self.bytes(run.upperBound - limit))
        }
        file.list.append(logical: logical, run: run)
        first = run.lowerBound
        length = UInt64(run.count) * blockSize - inBlock
      }
      let start = UInt64(first) * blockSize + inBlock
      let part = min(length, end - position)
      try body(&stage, start..<(start + part))
      position += part
    }
    file.position = end
    open = file
  }

  /// Ends the file that is open, if one is.
  mutating func closeFile() throws(Ext4Error) {
    guard let file = open else { return }
    open = nil
    try setExtents(file.number, file.list)
  }

  /// Lets the inode refer to its blocks.
  mutating func setExtents(_ number: UInt32, _ list: ExtentList) throws(Ext4Error) {
    let tree = ExtentTree(
      list.extents, seed: InodeRecord.seed(number, volume: seed), from: &cursor)
    try setExtents(number, list, tree)
  }

  mutating func setExtents(
    _ number: UInt32, _ list: ExtentList, _ tree: ExtentTree
  ) throws(Ext4Error) {
    inodes[number].flags |= InodeFlags.extents
    inodes[number].root = tree.root
    inodes[number].blocks += list.blocks + UInt32(tree.blocks.count)
    for block in tree.blocks { try put(block.bytes, block: block.number) }
    if !tree.blocks.isEmpty {
      runsOfLargeFiles[number] =
        list.extents.map(\.run) + tree.blocks.map { $0.number..<($0.number + 1) }
    }
  }

  mutating func put(_ bytes: [UInt8], block: Int) throws(Ext4Error) {
    try stage.put(bytes, at: UInt64(block) * UInt64(Ext4Geometry.blockSize))
  }
}
