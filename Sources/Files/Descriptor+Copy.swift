import CFileCopy
import Glibc
import Measures
import SystemPackage

extension Descriptor {
  /// Copies the file `source`, which must be `length` long, to `offset`.
  ///
  /// The kernel copies by itself where both files allow it, and shares the blocks where the file
  /// system can; else the bytes pass through memory.
  func copy(
    from source: FilePath, length: ByteCount, at offset: ByteCount
  ) throws(FileError) {
    let input = try openForReading(source)
    try input.expectLength(length)
    guard let total = Int(exactly: length.rawValue), let start = Int(exactly: offset.rawValue),
      !start.addingReportingOverflow(total).overflow
    else { throw .system(.write, path, .fileTooLarge, wanted: length) }

    var done: Int = 0
    while done < total {
      let copied = try copyInKernel(input, from: done, to: start + done, count: total - done)
      if copied == 0 { break }
      done += copied
    }
    while done < total {
      let piece = try input.read(upTo: Int(min(total - done, 1 << 20)), at: done)
      guard !piece.isEmpty else {
        throw .lengthChanged(source, planned: length, found: ByteCount(done))
      }
      try write(piece.span.bytes, at: start + done)
      done += Int(piece.count)
    }
    try input.expectLength(length)
  }

  /// How many bytes the kernel copied; 0 where it cannot, or where the source has ended.
  private func copyInKernel(
    _ input: borrowing Descriptor, from: Int, to: Int, count: Int
  ) throws(FileError) -> Int {
    var (from, to) = (from, to)
    let count = Int(min(count, 1 << 30))
    do {
      return try retrying(.copy, path, wanted: ByteCount(count)) {
        copy_file_range(input.number, &from, number, &to, count, 0)
      }
    } catch .system(let operation, let path, let errno, let wanted) {
      let isUnable = Self.copyingUnavailable.contains(errno)
      if isUnable { return 0 }
      throw .system(operation, path, errno, wanted: wanted)
    }
  }

  /// What the kernel says where it cannot copy between two files: they lie on different file
  /// systems, or one of these has no such call.
  private static let copyingUnavailable: Set<Errno> = [
    .improperLink, .invalidArgument, .noFunction, .notSupported,
  ]

  private func expectLength(_ length: ByteCount) throws(FileError) {
    let found = try regularFileSize()
    guard found == length else {
      throw .lengthChanged(path, planned: length, found: found)
    }
  }
}
