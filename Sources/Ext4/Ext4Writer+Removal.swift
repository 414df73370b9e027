extension Ext4Writer {
  /// Removes a path, and with a folder all that lies in it, as a later archive over an earlier one may
  /// ask. The blocks become free; what was written to them stays until somebody uses them. Of
  /// `lost+found` only the content goes, for every volume has to have it.
  ///
  /// - Returns: whether it was there.
  @discardableResult
  public mutating func remove(_ path: [UInt8]) throws(Ext4Error) -> Bool {
    try closeFile()
    guard let number = try lookUp(path) else { return false }
    guard number != Self.rootFolder else { throw .path(path, fault: .root) }
    if number != Self.lostAndFound {
      let place = try place(of: path)
      _ = table.remove(path.span.bytes.extracting(place.name), in: place.folder)
      guard inodes[number].isFolder else {
        release(number)
        return true
      }
      inodes[place.folder].links -= 1
    }
    var removed: Set<UInt32> = [number]
    // A folder within can stand before the one that holds it only where its name was used before.
    var isComplete = false
    while !isComplete {
      isComplete = true
      for (index, entry) in table.entries.enumerated()
      where entry.inode != 0 && removed.contains(entry.folder) {
        let inner = table.remove(index)
        if inodes[inner].isFolder {
          removed.insert(inner)
          isComplete = false
        } else {
          release(inner)
        }
      }
    }
    if number == Self.lostAndFound {
      removed.remove(number)
      inodes[number].links = 2
    }
    for folder in removed.sorted() { clear(folder) }
    lastFolder = ([], Self.rootFolder)
    return true
  }

  /// One name less; without any, the file is gone.
  private mutating func release(_ number: UInt32) {
    inodes[number].links -= 1
    if inodes[number].links == 0 { clear(number) }
  }

  private mutating func clear(_ number: UInt32) {
    for run in runsOfLargeFiles.removeValue(forKey: number) ?? inodes[number].runs {
      cursor.giveBack(run)
    }
    let block = Int(inodes[number].attributeBlock)
    if block != 0 { cursor.giveBack(block..<(block + 1)) }
    inodes[number] = InodeRecord()
    freeInodes.append(number)
  }
}

extension InodeRecord {
  /// The blocks of up to four extents in the inode itself.
  fileprivate var runs: [Range<Int>] {
    guard flags & InodeFlags.extents != 0 else { return [] }
    return (0..<Int(root[0] >> 16)).map { index in
      let start = Int(root[5 + 3 * index])
      return start..<(start + Int(root[4 + 3 * index] & 0xFFFF))
    }
  }
}
