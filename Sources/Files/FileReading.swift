import CLinux
import Glibc
public import Measures
public import SystemPackage

/// Reads a regular file from its start to its end, piece by piece; holes that the disk knows of are
/// passed over.
///
///     var reading = try FileReading("disk.img")
///     while let piece = try reading.next(into: &buffer) { … buffer[..<piece.count] … }
public struct FileReading: ~Copyable {
  private let file: Descriptor
  private var position = 0

  /// How long the file was when it was opened.
  public let size: ByteCount

  public init(_ path: FilePath) throws(FileError) {
    let file = try openForReading(path)
    size = try file.regularFileSize()
    self.file = file
  }

  /// Fills the buffer from its start, as far as one call of the system does.
  ///
  /// - Returns: where the bytes stand in the file, and how many there are; nil at its end.
  public mutating func next(
    into buffer: inout [UInt8]
  ) throws(FileError) -> (offset: UInt64, count: Int)? {
    do {
      position = try retrying(.read, file.path) { lseek(file.number, position, seekToData) }
    } catch .system(_, _, .noSuchAddressOrDevice, _) {
      // Nothing but a hole follows.
      return nil
    } catch .system(_, _, .invalidArgument, _) {
      // A file system that knows no holes.
    }
    let start = position
    let count = try retrying(.read, file.path) {
      buffer.withUnsafeMutableBytes { pread(file.number, $0.baseAddress, $0.count, start) }
    }
    position += count
    return count == 0 ? nil : (UInt64(start), count)
  }
}
