import CLibArchive

/// The data of one member of an outer archive, given to libarchive as if it were a file.
///
///     .deb  ar( debian-binary  control.tar.xz  data.tar.xz )
///                                              ^ outer stands here
///           inner: xz -> tar, fed by `read(_:)`, one block in memory at a time
final class NestedSource {
  private var outer: ArchiveReader
  private let block = UnsafeMutableRawBufferPointer.allocate(
    byteCount: ArchiveReader.blockSize, alignment: 16)
  /// Why the outer archive could not be read: it explains the inner one's failure better than the
  /// inner one can.
  private(set) var failure: ArchiveError?

  init(_ outer: consuming ArchiveReader) { self.outer = outer }

  deinit { block.deallocate() }

  /// Starts reading through `handle`, which must be freed before this object.
  func open(in handle: OpaquePointer) -> Bool {
    let status = archive_read_open(
      handle, Unmanaged.passUnretained(self).toOpaque(), nil,
      { _, source, buffer in
        guard let source, let buffer else { return Int(ARCHIVE_FATAL) }
        let nested = Unmanaged<NestedSource>.fromOpaque(source).takeUnretainedValue()
        buffer.pointee = UnsafeRawPointer(nested.block.baseAddress)
        return nested.read()
      }, nil)
    return status == ARCHIVE_OK
  }

  /// Reads what is left, so that an outer archive that ends too early is noticed even where the
  /// inner one needs no more of it.
  func drain() throws(ArchiveError) {
    while read() > 0 {}
    if let failure { throw failure }
  }

  private func read() -> Int {
    guard failure == nil else { return Int(ARCHIVE_FATAL) }
    do throws(ArchiveError) {
      return try outer.read(into: block)
    } catch {
      failure = error
      return Int(ARCHIVE_FATAL)
    }
  }
}
