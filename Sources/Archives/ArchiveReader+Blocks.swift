import CLibArchive

extension ArchiveReader {
  /// The current member's data where libarchive holds it, not copied: each block with its offset in
  /// the file. What lies between blocks are holes, which archives of sparse files know.
  ///
  /// A block is lent for the call only. Offsets rise.
  public mutating func forEachBlock<Failure: Error>(
    failing failure: (ArchiveError) -> Failure,
    _ body: (RawSpan, UInt64) throws(Failure) -> Void
  ) throws(Failure) {
    while true {
      var start: UnsafeRawPointer?
      var count = 0
      var offset: la_int64_t = 0
      do throws(ArchiveError) {
        guard try readBlock(&start, &count, &offset) else { return }
      } catch {
        throw failure(error)
      }
      guard let start, count > 0 else { continue }
      let block = UnsafeRawBufferPointer(start: start, count: count)
      try body(block.bytes, UInt64(clamping: offset))
    }
  }

  /// Whether nothing packs the archive, so that its headers can be read without its data.
  public var isPlain: Bool { archive_filter_count(handle) <= 1 && nested == nil }

  private func readBlock(
    _ start: inout UnsafeRawPointer?, _ count: inout Int, _ offset: inout la_int64_t
  ) throws(ArchiveError) -> Bool {
    for _ in 0..<Self.retries {
      switch archive_read_data_block(handle, &start, &count, &offset) {
      case ARCHIVE_OK, ARCHIVE_WARN: return true
      case ARCHIVE_EOF: return false
      case ARCHIVE_RETRY: continue
      default: throw failure()
      }
    }
    throw failure()
  }
}
