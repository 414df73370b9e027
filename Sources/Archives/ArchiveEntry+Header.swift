import CLibArchive
import Glibc

extension ArchiveEntry {
  /// Copies what libarchive read from a header. Nil where the member has no name or claims a negative
  /// size.
  init?(_ entry: OpaquePointer) {
    guard let path = Self.bytes(archive_entry_pathname(entry)) else { return nil }
    let size = archive_entry_size(entry)
    guard size >= 0 else { return nil }
    self.path = path
    kind = Self.kind(of: entry)
    self.size = UInt64(size)
    data = Self.data(of: entry)
    mode = UInt16(truncatingIfNeeded: archive_entry_perm(entry) & 0o7777)
    owner = archive_entry_uid(entry)
    group = archive_entry_gid(entry)
    modified = Time(archive_entry_mtime(entry), archive_entry_mtime_nsec(entry))
    if archive_entry_atime_is_set(entry) != 0 {
      accessed = Time(archive_entry_atime(entry), archive_entry_atime_nsec(entry))
    }
    if archive_entry_ctime_is_set(entry) != 0 {
      changed = Time(archive_entry_ctime(entry), archive_entry_ctime_nsec(entry))
    }
    attributes = Self.attributes(of: entry)
    lists = []
    let types = archive_entry_acl_types(entry)
    if types & CInt(ARCHIVE_ENTRY_ACL_TYPE_ACCESS) != 0, let list = AccessList(.access, of: entry) {
      lists.append(list)
      // libarchive lets the owning group's own rule stand in the mode.
      if let bits = list.groupBits { mode = mode & ~0o070 | bits << 3 }
    }
    if types & CInt(ARCHIVE_ENTRY_ACL_TYPE_DEFAULT) != 0,
      let list = AccessList(.inherited, of: entry)
    {
      lists.append(list)
    }
  }

  /// Names are the archive's bytes: in the C locale, which the reader sees to, libarchive changes none.
  fileprivate static func bytes(_ pointer: UnsafePointer<CChar>?) -> [UInt8]? {
    pointer.map {
      [UInt8](UnsafeRawBufferPointer(start: $0, count: strlen($0)))
    }
  }

  private static func kind(of entry: OpaquePointer) -> Kind {
    if let target = bytes(archive_entry_hardlink(entry)) { return .hardlink(to: target) }
    let type = archive_entry_filetype(entry)
    switch type {
    case S_IFDIR: return .folder
    case S_IFLNK: return .symlink(to: bytes(archive_entry_symlink(entry)) ?? [])
    case S_IFCHR, S_IFBLK:
      let major = UInt32(truncatingIfNeeded: archive_entry_rdevmajor(entry))
      let minor = UInt32(truncatingIfNeeded: archive_entry_rdevminor(entry))
      return type == S_IFCHR
        ? .characterDevice(major: major, minor: minor) : .blockDevice(major: major, minor: minor)
    case S_IFIFO: return .fifo
    case S_IFSOCK: return .socket
    default: return .file
    }
  }

  private static func data(of entry: OpaquePointer) -> [Range<UInt64>]? {
    guard archive_entry_sparse_reset(entry) > 0 else { return nil }
    var ranges: [Range<UInt64>] = []
    var (offset, count) = (la_int64_t(0), la_int64_t(0))
    while archive_entry_sparse_next(entry, &offset, &count) == ARCHIVE_OK {
      guard offset >= 0, count > 0 else { continue }
      ranges.append(UInt64(offset)..<(UInt64(offset) + UInt64(count)))
    }
    return ranges
  }

  private static func attributes(of entry: OpaquePointer) -> [Attribute] {
    guard archive_entry_xattr_reset(entry) > 0 else { return [] }
    var found: [Attribute] = []
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var size = 0
    while archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK {
      guard let name = bytes(name) else { continue }
      let bytes = value.map { [UInt8](UnsafeRawBufferPointer(start: $0, count: size)) } ?? []
      found.append(Attribute(name: name, value: bytes))
    }
    // libarchive keeps the last one first.
    return found.reversed()
  }
}

extension ArchiveEntry.Time {
  fileprivate init(_ seconds: time_t, _ nanoseconds: CLong) {
    self.init(seconds: Int64(seconds), nanoseconds: UInt32(min(max(0, nanoseconds), 999_999_999)))
  }
}

extension AccessList {
  /// Nil where there are no rules but those that the mode says as well.
  fileprivate init?(_ purpose: Purpose, of entry: OpaquePointer) {
    let wanted = CInt(
      purpose == .access ? ARCHIVE_ENTRY_ACL_TYPE_ACCESS : ARCHIVE_ENTRY_ACL_TYPE_DEFAULT)
    guard archive_entry_acl_reset(entry, wanted) > 0 else { return nil }
    var rules: [Rule] = []
    var unnumbered: [UInt8]?
    var (type, permissions, tag, id) = (CInt(0), CInt(0), CInt(0), CInt(0))
    var name: UnsafePointer<CChar>?
    while archive_entry_acl_next(entry, wanted, &type, &permissions, &tag, &id, &name)
      == ARCHIVE_OK
    {
      guard let tag = Tag(libarchive: tag) else { continue }
      let isNamed = tag == .user || tag == .group
      if isNamed, id < 0 { unnumbered = ArchiveEntry.bytes(name) ?? [] }
      rules.append(
        Rule(
          tag: tag, permissions: UInt16(permissions & 7),
          id: isNamed ? UInt32(bitPattern: id) : nil))
    }
    self.init(purpose: purpose, rules: rules, unnumbered: unnumbered)
  }
}

extension AccessList.Tag {
  fileprivate init?(libarchive tag: CInt) {
    switch tag {
    case CInt(ARCHIVE_ENTRY_ACL_USER_OBJ): self = .owner
    case CInt(ARCHIVE_ENTRY_ACL_USER): self = .user
    case CInt(ARCHIVE_ENTRY_ACL_GROUP_OBJ): self = .owningGroup
    case CInt(ARCHIVE_ENTRY_ACL_GROUP): self = .group
    case CInt(ARCHIVE_ENTRY_ACL_MASK): self = .mask
    case CInt(ARCHIVE_ENTRY_ACL_OTHER): self = .others
    default: return nil
    }
  }
}
