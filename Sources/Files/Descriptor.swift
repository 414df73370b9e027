import CLinux
import Glibc
import Measures
import SystemPackage

/// An open file, closed when it goes out of scope; and the border to the C library: each function
/// is one system call, begun again when a signal interrupts it.
struct Descriptor: ~Copyable {
  let number: CInt
  /// The name by which errors call it: of a part, the name it will have.
  let path: FilePath

  /// Opens `path`, which errors call `shownAs`. Close-on-exec is always set, so that no program
  /// started meanwhile inherits it.
  init(
    opening path: FilePath, shownAs name: FilePath, _ flags: CInt, mode: mode_t = 0,
    for operation: FileError.Operation
  ) throws(FileError) {
    self.number = try retrying(operation, name) {
      path.withPlatformString { open($0, flags | O_CLOEXEC, mode) }
    }
    self.path = name
  }

  private init(number: CInt, path: FilePath) {
    self.number = number
    self.path = path
  }

  deinit { close(number) }

  /// A second descriptor of the same open file.
  func duplicate() throws(FileError) -> Descriptor {
    let second = try retrying(.open, path) { fcntl(number, F_DUPFD_CLOEXEC, 0) }
    return Descriptor(number: second, path: path)
  }

  /// What the file is and how long.
  func status() throws(FileError) -> stat {
    var status = stat()
    try retrying(.inspect, path) { fstat(number, &status) }
    return status
  }

  /// Where its end is: of a block device the only measure that `stat` does not have.
  func seekableSize() throws(FileError) -> ByteCount {
    ByteCount(Int(try retrying(.inspect, path) { lseek(number, 0, SEEK_END) }))
  }

  /// Reads up to `count` bytes at `offset`; an empty array is the file's end.
  func read(upTo count: Int, at offset: Int) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(FileError) {
        filled = try retrying(.read, path) { pread(number, buffer.baseAddress, count, offset) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Writes all of `bytes` at `offset`.
  func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    let (_, overflow) = offset.addingReportingOverflow(bytes.byteCount)
    let size = ByteCount(bytes.byteCount)
    guard offset >= 0, !overflow else {
      throw .system(.write, path, .fileTooLarge, wanted: size)
    }
    var done = 0
    while done < bytes.byteCount {
      let rest = bytes.extracting(done...)
      let written = try retrying(.write, path, wanted: size) {
        rest.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, offset + Int(done)) }
      }
      // Writing nothing without an error would go on for ever.
      guard written > 0 else { throw .system(.write, path, .ioError, wanted: size) }
      done += written
    }
  }

  /// Asks the system to begin writing a range to the disk, and does not wait. Only the time that
  /// `synchronize` takes depends on it, so that a system which will not is no failure.
  func startWriting(_ range: Range<Int>) {
    _ = sync_file_range(number, range.lowerBound, range.count, beginWriting)
  }

  /// Whether somebody else has a lock on any part of the file (fcntl's, not flock's).
  func isLocked() throws(FileError) -> Bool {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    do {
      try retrying(.lock, path) { fcntl(number, F_GETLK, &lock) }
    } catch .system(_, _, .invalidArgument, _) {
      // A file system without locks.
      return false
    }
    return lock.l_type != Int16(F_UNLCK)
  }

  /// Waits until the disk has all that was written.
  func synchronize() throws(FileError) {
    try retrying(.write, path) { fsync(number) }
  }
}

/// Calls the C library until no signal interrupts it; a negative answer becomes an error.
@discardableResult
func retrying<T: FixedWidthInteger & SignedInteger>(
  _ operation: FileError.Operation, _ path: FilePath, wanted: ByteCount? = nil,
  _ call: () -> T
) throws(FileError) -> T {
  while true {
    let answer = call()
    if answer >= 0 { return answer }
    let code = Errno(rawValue: errno)
    if code != .interrupted { throw .system(operation, path, code, wanted: wanted) }
  }
}
