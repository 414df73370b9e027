import Bytes

extension Ext4Reader {
  /// What is in a folder, in its order, `.` and `..` left out; nil where there is no such folder.
  ///
  /// - Parameter path: names between slashes. Symbolic links are followed.
  public func list(_ path: [UInt8]) throws(Ext4ReadError) -> [Entry]? {
    guard let folder = try entry(path), folder.isFolder else { return nil }
    var entries: [Entry] = []
    try forEachName(in: folder) { name, number throws(Ext4ReadError) in
      if name != Self.own, name != Self.above {
        entries.append(Entry(name: name, inode: try inode(number)))
      }
      return true
    }
    return entries
  }

  /// A file or folder; nil where there is none.
  ///
  /// - Parameter followingLink: whether a link at the path's end is followed; links before it are.
  public func entry(
    _ path: [UInt8], followingLink: Bool = true
  ) throws(Ext4ReadError) -> Ext4Inode? {
    // What is still to go, the next name last; and the folders on the way, for `..`.
    var names = Self.names(path)
    var folders: [Ext4Inode] = [try inode(Ext4Writer.rootFolder)]
    var current = folders[0]
    var links = 0
    var steps = 0
    while let name = names.popLast() {
      guard current.isFolder else { return nil }
      steps += 1
      guard steps <= 4096 else { throw .tooManyLinks(path: path) }
      if name == Self.above {
        if folders.count > 1 { folders.removeLast() }
        current = folders[folders.count - 1]
        continue
      }
      guard let number = try number(of: name, in: current) else { return nil }
      let found = try inode(number)
      if found.isSymbolicLink, followingLink || !names.isEmpty {
        links += 1
        guard links <= 40, let target = try target(of: found) else {
          throw .tooManyLinks(path: path)
        }
        if target.first == UInt8(ascii: "/") { folders = [folders[0]] }
        current = folders[folders.count - 1]
        names += Self.names(target)
      } else {
        current = found
        if found.isFolder { folders.append(found) }
      }
    }
    return current
  }

  private static let own: [UInt8] = [UInt8(ascii: ".")]
  private static let above: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: ".")]

  /// The names of a path, the first one last.
  private static func names(_ path: [UInt8]) -> [[UInt8]] {
    path.split(separator: UInt8(ascii: "/")).map { Array($0) }.filter { $0 != own }.reversed()
  }

  private func number(
    of wanted: [UInt8], in folder: Ext4Inode
  ) throws(Ext4ReadError) -> UInt32? {
    var found: UInt32?
    try forEachName(in: folder) { name, number throws(Ext4ReadError) in
      if name == wanted { found = number }
      return found == nil
    }
    return found
  }

  /// Every name in a folder, in its order, while `body` says so. An index is passed over: to one who
  /// does not know it, its blocks have no names.
  private func forEachName(
    in folder: Ext4Inode, _ body: ([UInt8], UInt32) throws(Ext4ReadError) -> Bool
  ) throws(Ext4ReadError) {
    try refuseUnread(folder)
    var goesOn = true
    try forEachRun(folder) { _, run throws(Ext4ReadError) in
      guard let first = run.block else { return }
      for block in first..<(first + run.count) where goesOn {
        let offset = block * UInt64(blockSize)
        goesOn = try forEachName(in: try bytes(blockSize, at: offset), at: offset, body)
      }
    }
  }

  private func forEachName(
    in block: [UInt8], at offset: UInt64,
    _ body: ([UInt8], UInt32) throws(Ext4ReadError) -> Bool
  ) throws(Ext4ReadError) -> Bool {
    var start = 0
    // What is shorter than an entry's head is no entry.
    while start + 8 <= block.count {
      let number = block.littleEndianUInt32(at: start) ?? 0
      var length = Int(block[start + 4]) | Int(block[start + 5]) << 8
      // Where blocks have 64 KiB, their length does not fit.
      if block.count == 1 << 16, length == 0 || length == 0xFFFF { length = block.count }
      let name = Int(block[start + 6])
      guard length >= 8, length % 4 == 0, length <= block.count - start, name <= length - 8 else {
        throw .damaged(.folderEntry, offset: offset + UInt64(start))
      }
      if number != 0, name > 0 {
        let bytes = Array(block[(start + 8)..<(start + 8 + name)])
        guard try body(bytes, number) else { return false }
      }
      start += length
    }
    return true
  }
}
