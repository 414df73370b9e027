import CLibArchive
public import SystemPackage

/// Reads an archive from its first member to its last, without unpacking it: tar, cpio or ar,
/// plain or packed with gzip, bzip2, xz, lzma or zstd.
///
///     var reader = try ArchiveReader("root.tar.xz")
///     while let member = try reader.next() {
///       if member.path == "./etc/fstab" { table = try reader.data(limit: .kibibytes(64)) }
///     }
///
/// The libarchive type is `struct archive`.
public struct ArchiveReader: ~Copyable {
  /// The file that is read; of a nested archive, the file around it.
  public let path: FilePath
  let handle: OpaquePointer
  private let file: FileDescriptor?
  let nested: NestedSource?
  private let locale = CLocale()
  /// The current one's name.
  private var member: [UInt8]?

  /// Opens a file. What is no archive is found out by the first `next()`.
  public init(_ path: FilePath, formats: ArchiveFormats = .all) throws(ArchiveError) {
    let file = try FileKind.openRegular(path)
    let handle: OpaquePointer
    do throws(ArchiveError) {
      handle = try Self.newHandle(path, formats)
      guard archive_read_open_fd(handle, file.rawValue, Self.blockSize) == ARCHIVE_OK else {
        defer { archive_read_free(handle) }
        throw Self.failure(of: handle, path: path, member: nil)
      }
    } catch {
      try? file.close()
      throw error
    }
    self.path = path
    self.handle = handle
    self.file = file
    self.nested = nil
  }

  /// Opens the member that `outer` stands at as an archive of its own, which is read through
  /// `outer` block by block.
  public init(memberOf outer: consuming ArchiveReader, formats: ArchiveFormats)
    throws(ArchiveError)
  {
    let path = outer.path
    let nested = NestedSource(outer)
    let handle = try Self.newHandle(path, formats)
    guard nested.open(in: handle) else {
      defer { archive_read_free(handle) }
      throw nested.failure ?? Self.failure(of: handle, path: path, member: nil, nested: true)
    }
    self.path = path
    self.handle = handle
    self.file = nil
    self.nested = nested
  }

  deinit {
    archive_read_free(handle)
    try? file?.close()
  }

  /// Goes to the next member; nil after the last one.
  public mutating func next() throws(ArchiveError) -> ArchiveMember? {
    try nextEntry().map { ArchiveMember($0) }
  }

  /// Goes to the next member; nil after the last one. Nothing of its header is lost: names are bytes.
  public mutating func nextEntry() throws(ArchiveError) -> ArchiveEntry? {
    // In another locale libarchive would translate names.
    let before = locale.enter()
    defer { locale.leave(to: before) }
    var entry: OpaquePointer?
    for _ in 0..<Self.retries {
      let status = archive_read_next_header(handle, &entry)
      switch status {
      case ARCHIVE_OK, ARCHIVE_WARN:
        guard let entry, var found = ArchiveEntry(entry) else {
          throw .corrupt(path, member: nil, reason: "a member has no name or no size")
        }
        member = found.path
        if status == ARCHIVE_WARN { found.complaint = complaint }
        return found
      case ARCHIVE_EOF:
        try checkEnd()
        member = nil
        try nested?.drain()
        return nil
      case ARCHIVE_RETRY: continue
      default: throw failure()
      }
    }
    throw failure()
  }

  /// A tar archive ends with a block of zeroes. libarchive takes the end of the file as well, and so
  /// what was cut between two members; and it takes any file that begins with zeroes for an archive.
  private func checkEnd() throws(ArchiveError) {
    guard archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_TAR else { return }
    if archive_filter_bytes(handle, 0) <= archive_read_header_position(handle) {
      throw .truncated(path, member: member == nil ? nil : currentMember)
    }
    if member == nil, isPlain, try FileKind.start(of: path).contains(where: { $0 != 0 }) {
      throw .notAnArchive(path, found: FileKind.of(path))
    }
  }

  /// What libarchive says of a header that it took all the same. That names are no text of the C locale
  /// is no matter: their bytes are kept.
  private var complaint: String? {
    guard let words = archive_error_string(handle).map({ String(cString: $0) }),
      !words.contains("can't be converted from")
    else { return nil }
    return words
  }

  /// Reads some of the current member's data, with its holes as zeroes; 0 at its end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    for _ in 0..<Self.retries {
      let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard count == Int(ARCHIVE_RETRY) else { break }
    }
    throw failure()
  }

  /// The name of the current member, for messages.
  var currentMember: String { member.map { String(decoding: $0, as: UTF8.self) } ?? "" }

  static let blockSize = 64 << 10
  static let retries = 10

  private static func newHandle(
    _ path: FilePath, _ formats: ArchiveFormats
  ) throws(ArchiveError) -> OpaquePointer {
    guard let handle = archive_read_new() else { throw .cannotOpen(path, .noMemory) }
    formats.enable(in: handle)
    return handle
  }

  func failure() -> ArchiveError {
    nested?.failure
      ?? Self.failure(
        of: handle, path: path, member: member == nil ? nil : currentMember, nested: nested != nil)
  }

  /// libarchive tells its failures apart only by their words.
  static func failure(
    of handle: OpaquePointer, path: FilePath, member: String?, nested: Bool = false
  ) -> ArchiveError {
    let reason = archive_error_string(handle).map { String(cString: $0) } ?? "no reason given"
    let lower = reason.lowercased()
    if lower.contains("truncated") || lower.contains("no progress is possible") {
      return .truncated(path, member: member)
    }
    if lower.contains("unrecognized archive format"), !nested {
      return .notAnArchive(path, found: FileKind.of(path))
    }
    return .corrupt(path, member: member, reason: reason)
  }
}
