public import Measures
public import SystemPackage

/// Why a file could not be read or written.
public enum FileError: Error, Sendable, Hashable {
  /// The system refused `operation` on the file. `wanted` is how many bytes were to be written,
  /// where that is known.
  case system(Operation, FilePath, Errno, wanted: ByteCount? = nil)
  /// Something other than a file stands under the name.
  case notFile(FilePath, FileKind)
  /// Something other than a folder stands under the name.
  case notFolder(FilePath, FileKind)
  case tooLarge(FilePath, size: ByteCount, limit: ByteCount)
  /// A new file was to be written, but one stands there already.
  case exists(FilePath)
  /// Another process holds the lock.
  case locked(FilePath)

  /// What was being done. The raw value completes "cannot …".
  public enum Operation: String, Sendable, Hashable, CaseIterable {
    case open
    case read
    case write
    case create
    case resize
    case replace
    case lock
    case inspect
  }
}

/// What stands under a name in the file system.
public enum FileKind: String, Sendable, Hashable, CaseIterable {
  case file
  case folder
  case pipe = "named pipe (FIFO)"
  case characterDevice = "character device"
  case blockDevice = "block device"
  case socket
  case other = "special file"
}
