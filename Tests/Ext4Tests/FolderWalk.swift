import Ext4
import Foundation
import Testing

/// What the running system says of a folder and all below it, by its own calls, since names may be
/// no text.
struct FolderWalk {
  private(set) var inventory: Inventory = [:]
  private var inodes: [Path: UInt64] = [:]
  private let root: [UInt8]

  init(_ folder: String) throws {
    root = Array(folder.utf8)
    try visit([])
    inventory.join(by: inodes)
  }

  private mutating func visit(_ path: Path) throws {
    let full =
      (path.isEmpty ? root : root + [UInt8(ascii: "/")] + path).map {
        CChar(bitPattern: $0)
      } + [0]
    var status = stat()
    try #require(lstat(full, &status) == 0)
    var facts = Facts(
      mode: status.st_mode, links: UInt64(status.st_nlink), owner: status.st_uid,
      group: status.st_gid)
    facts.accessed = Ext4Time(status.st_atim)
    facts.modified = Ext4Time(status.st_mtim)
    facts.changed = Ext4Time(status.st_ctim)
    facts.attributes = try SystemAttributes.read(full)
    inodes[path] = UInt64(status.st_ino)
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      facts.size = UInt64(status.st_size)
      facts.content = try content(full, size: Int(status.st_size))
    case S_IFLNK:
      facts.size = UInt64(status.st_size)
      var buffer = [CChar](repeating: 0, count: 5000)
      let count = readlink(full, &buffer, buffer.count)
      facts.target = buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
    case S_IFCHR, S_IFBLK:
      let device = UInt64(status.st_rdev)
      facts.device = [
        UInt32(device >> 8 & 0xFFF | device >> 32 & ~0xFFF),
        UInt32(device & 0xFF | device >> 12 & 0xFF_FF00),
      ]
    case S_IFDIR:
      for name in try names(full) {
        try visit(path.isEmpty ? name : path + [UInt8(ascii: "/")] + name)
      }
    default: break
    }
    inventory[path] = facts
  }

  private func names(_ path: [CChar]) throws -> [[UInt8]] {
    let folder = try #require(opendir(path))
    defer { closedir(folder) }
    var names: [[UInt8]] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names
  }

  private func content(_ path: [CChar], size: Int) throws -> [UInt8] {
    let file = open(path, O_RDONLY)
    try #require(file >= 0)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: size)
    var done = 0
    while done < size {
      let count = bytes.withUnsafeMutableBytes {
        pread(file, $0.baseAddress! + done, size - done, off_t(done))
      }
      try #require(count > 0)
      done += count
    }
    return bytes
  }
}

extension Ext4Time {
  fileprivate init(_ time: timespec) {
    self.init(seconds: Int64(time.tv_sec), nanoseconds: UInt32(time.tv_nsec))
  }
}
