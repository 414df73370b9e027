import CLibArchive
public import Measures
public import SystemPackage

/// One file that is packed by itself, with gzip, bzip2, xz, lzma or zstd, as kernel modules are.
public enum PackedFile {
  /// Unpacks it in memory; bytes that are not packed are refused.
  ///
  /// - Parameters:
  ///   - name: the file's name in messages.
  ///   - limit: the most that is unpacked, since few bytes can stand for very many.
  public static func unpack(
    _ bytes: [UInt8], named name: FilePath, limit: ByteCount
  ) throws(ArchiveError) -> [UInt8] {
    guard let handle = archive_read_new() else { throw .cannotOpen(name, .noMemory) }
    defer { archive_read_free(handle) }
    ArchiveFormats.packed.enable(in: handle)
    archive_read_support_format_raw(handle)
    // libarchive reads the bytes in place, so all happens while they are held.
    let result: Result<[UInt8], ArchiveError> = bytes.withUnsafeBytes { held in
      do throws(ArchiveError) {
        return .success(try unpack(held, named: name, limit: limit, through: handle))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static func unpack(
    _ bytes: UnsafeRawBufferPointer, named name: FilePath, limit: ByteCount,
    through handle: OpaquePointer
  ) throws(ArchiveError) -> [UInt8] {
    var entry: OpaquePointer?
    guard archive_read_open_memory(handle, bytes.baseAddress, bytes.count) == ARCHIVE_OK,
      archive_read_next_header(handle, &entry) == ARCHIVE_OK
    else { throw ArchiveReader.failure(of: handle, path: name, member: nil, nested: true) }
    // The raw format itself counts as one filter.
    guard archive_filter_count(handle) > 1 else {
      throw .corrupt(name, member: nil, reason: "it is not packed")
    }
    var out: [UInt8] = []
    var block = [UInt8](repeating: 0, count: ArchiveReader.blockSize)
    while true {
      let count = block.withUnsafeMutableBytes {
        archive_read_data(handle, $0.baseAddress, $0.count)
      }
      guard count >= 0 else {
        throw ArchiveReader.failure(of: handle, path: name, member: nil, nested: true)
      }
      if count == 0 { return out }
      guard UInt64(out.count + count) <= limit.rawValue else {
        throw .tooLarge(name, member: name.lastComponent?.string ?? "", limit: limit)
      }
      out += block[..<count]
    }
  }
}
