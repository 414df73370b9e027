import CLibArchive
import Glibc
import Measures

extension ArchiveMember {
  /// Copies what libarchive read from a header. Nil where the member has no name or claims a
  /// negative size.
  init?(entry: OpaquePointer) {
    guard let path = Self.path(of: entry) else { return nil }
    let size = archive_entry_size(entry)
    guard size >= 0 else { return nil }
    self.init(
      path: path, kind: Self.kind(of: entry), size: ByteCount(UInt64(size)),
      mode: UInt16(truncatingIfNeeded: archive_entry_perm(entry) & 0o7777),
      owner: archive_entry_uid(entry), group: archive_entry_gid(entry),
      modified: Int64(archive_entry_mtime(entry)))
  }

  /// Names come as bytes, or only as UTF-8 where the archive says so and the locale knows no
  /// better, as with pax headers in the C locale.
  private static func path(of entry: OpaquePointer) -> String? {
    text(archive_entry_pathname(entry)) ?? text(archive_entry_pathname_utf8(entry))
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private static func kind(of entry: OpaquePointer) -> Kind {
    let hardlink = archive_entry_hardlink(entry) ?? archive_entry_hardlink_utf8(entry)
    if let hardlink { return .hardlink(to: String(cString: hardlink)) }
    let major = UInt32(truncatingIfNeeded: archive_entry_rdevmajor(entry))
    let minor = UInt32(truncatingIfNeeded: archive_entry_rdevminor(entry))
    switch archive_entry_filetype(entry) {
    case S_IFDIR: return .folder
    case S_IFLNK:
      let target = archive_entry_symlink(entry) ?? archive_entry_symlink_utf8(entry)
      return .symlink(to: text(target) ?? "")
    case S_IFCHR: return .characterDevice(major: major, minor: minor)
    case S_IFBLK: return .blockDevice(major: major, minor: minor)
    case S_IFIFO: return .fifo
    case S_IFSOCK: return .socket
    default: return .file
    }
  }
}
