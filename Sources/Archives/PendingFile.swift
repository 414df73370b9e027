import Glibc
import SystemPackage

/// A file under a temporary name. It gets its own name when it is complete, and vanishes when that
/// never happens.
struct PendingFile: ~Copyable {
  let descriptor: FileDescriptor
  private let folder: FileDescriptor
  private let name: String
  private let temporaryName: String
  private let path: FilePath

  /// Takes over `folder`, and closes it in the end.
  init(
    folder: FileDescriptor, name: String, path: FilePath, mode: mode_t
  ) throws(ArchiveError) {
    let temporaryName = ".ctboot-\(getpid())-" + String(UInt64.random(in: 0 ... .max), radix: 36)
    let file = openat(
      folder.rawValue, temporaryName, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard file >= 0 else {
      let failure = Errno(rawValue: errno)
      try? folder.close()
      throw .cannotWrite(path, failure)
    }
    self.descriptor = FileDescriptor(rawValue: file)
    self.folder = folder
    self.name = name
    self.temporaryName = temporaryName
    self.path = path
  }

  deinit {
    unlinkat(folder.rawValue, temporaryName, 0)
    try? descriptor.close()
    try? folder.close()
  }

  /// Gives the file its name, in place of one that had it.
  consuming func commit() throws(ArchiveError) {
    guard renameat(folder.rawValue, temporaryName, folder.rawValue, name) == 0 else {
      throw .cannotWrite(path, Errno(rawValue: errno))
    }
  }
}
