import Bytes
import Ext4
import Foundation

/// What our reader says of a volume.
struct ReaderWalk {
  private(set) var inventory: Inventory = [:]
  private var inodes: [Path: UInt64] = [:]

  init(_ reader: Ext4Reader) throws {
    guard let root = try reader.entry([]) else { return }
    try visit(root, at: [], of: reader)
    inventory.join(by: inodes)
  }

  private mutating func visit(_ inode: Ext4Inode, at path: Path, of reader: Ext4Reader) throws {
    var facts = Facts(
      mode: UInt32(inode.mode), links: UInt64(inode.links), owner: inode.owner,
      group: inode.group)
    facts.accessed = inode.times.accessed
    facts.modified = inode.times.modified
    facts.changed = inode.times.changed
    for attribute in try reader.attributes(of: inode) {
      facts.attributes[attribute.name] = attribute.value
    }
    if let device = inode.device { facts.device = [device.major, device.minor] }
    if let target = try reader.target(of: inode) {
      facts.target = target
      facts.size = inode.size
    }
    if inode.isFile {
      facts.size = inode.size
      facts.content = try reader.read(inode, count: inode.size)
    }
    inventory[path] = facts
    inodes[path] = UInt64(inode.number)
    for entry in inode.isFolder ? try reader.list(path) ?? [] : [] {
      try visit(
        entry.inode, at: path.isEmpty ? entry.name : path + [UInt8(ascii: "/")] + entry.name,
        of: reader)
    }
  }
}

/// A file's bytes as they are needed.
final class BytesOfFile: ByteSource {
  let size: UInt64
  private let handle: Int32

  init(_ url: URL) throws {
    handle = open(url.path, O_RDONLY)
    size = UInt64(lseek(handle, 0, SEEK_END))
  }

  deinit { close(handle) }

  func read(_ count: Int, at offset: UInt64) -> [UInt8] {
    guard offset < size else { return [] }
    var bytes = [UInt8](repeating: 0, count: min(count, Int(clamping: size - offset)))
    let got = bytes.withUnsafeMutableBytes {
      pread(handle, $0.baseAddress, $0.count, off_t(offset))
    }
    return Array(bytes.prefix(max(0, got)))
  }
}
