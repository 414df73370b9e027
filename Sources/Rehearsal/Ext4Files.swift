import Ext4

/// An ext2, ext3 or ext4 volume as commands see it. What is damaged is not there; a file without a byte
/// cannot be read by this driver (`fs/ext4/ext4fs.c`).
struct Ext4Files: ReadableFileSystem {
  /// U-Boot has one driver for all three.
  let kind = "ext4"
  private let reader: Ext4Reader

  init(_ reader: Ext4Reader) { self.reader = reader }

  func size(of path: UBootText) -> UInt64? {
    file(path).map { $0.size }
  }

  func read(_ path: UBootText, count: UInt64?, at offset: UInt64) -> [UInt8]? {
    guard let inode = file(path), inode.size > 0 else { return nil }
    return try? reader.read(inode, count: count, at: offset)
  }

  func list(_ path: UBootText) -> [DirectoryEntry]? {
    guard let entries = try? reader.list(path) else { return nil }
    return [".", ".."].map { DirectoryEntry(name: UBootText($0), isFolder: true, size: 0) }
      + entries.map { DirectoryEntry(name: $0.name, isFolder: $0.isFolder, size: $0.size) }
  }

  private func file(_ path: UBootText) -> Ext4Inode? {
    guard let inode = try? reader.entry(path), inode.isFile else { return nil }
    return inode
  }
}
