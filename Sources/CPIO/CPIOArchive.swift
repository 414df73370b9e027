import Bytes
import Measures

/// An archive as the kernel unpacks it into its first root file system ("newc").
///
///     | header (110) | path, 0 | pad | data | pad | ... | trailer | zeroes up to 512 |
///
/// Header, path and data are padded so that each header begins at a multiple of four. The same
/// entries in the same order always give the same bytes: inodes are numbered from 1, and nothing
/// of the machine that writes shows.
///
/// Source: Linux `Documentation/driver-api/early-userspace/buffer-format.rst`, `init/initramfs.c`.
public struct CPIOArchive: Sendable, Hashable {
  /// In the order in which the kernel will make them.
  public private(set) var entries: [CPIOEntry] = []
  /// By the bytes of the path: Linux tells apart what String holds for equal.
  private var kinds: [[UInt8]: CPIOEntry.Kind] = [:]

  public init() {}

  /// Adds an entry behind those already there. Its folder must be among them.
  public mutating func add(_ entry: CPIOEntry) throws(CPIOError) {
    let path = entry.path
    if let fault = CPIOPathFault.fault(of: path) { throw .path(path, fault: fault) }
    let key = Array(path.utf8)
    guard kinds[key] == nil else { throw .twice(path: path) }
    if let slash = key.lastIndex(of: UInt8(ascii: "/")) {
      let folder = Array(key[..<slash])
      // A link may lead to a folder, as `bin` to `usr/bin`; the kernel follows it.
      guard let kind = kinds[folder], kind == .folder || kind == .symlink else {
        throw .noFolder(path: path, folder: String(decoding: folder, as: UTF8.self))
      }
    }
    guard entry.permissions <= 0o7777 else { throw .permissions(path: path, entry.permissions) }
    guard entry.data.count <= UInt32.max else {
      throw .tooLarge(path: path, size: ByteCount(entry.data.count))
    }
    if entry.kind == .symlink {
      guard (1...4095).contains(entry.data.count), !entry.data.contains(0) else {
        throw .target(path: path)
      }
    }
    kinds[key] = entry.kind
    entries.append(entry)
  }

  /// The whole archive, a multiple of 512 bytes.
  public func encoded() -> [UInt8] {
    var out: [UInt8] = []
    for (index, entry) in entries.enumerated() {
      out += CPIOHeader(
        inode: UInt32(truncatingIfNeeded: index + 1),
        mode: entry.kind.rawValue | entry.permissions, uid: entry.uid, gid: entry.gid,
        links: entry.kind == .folder ? 2 : 1, modified: entry.modified,
        size: UInt32(truncatingIfNeeded: entry.data.count), device: entry.device
      ).encoded(path: entry.path)
      out += entry.data
      out.pad(to: 4)
    }
    out += CPIOHeader().encoded(path: CPIOHeader.trailer)
    out.pad(to: 512)
    return out
  }
}
