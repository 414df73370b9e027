import Glibc
import Measures
import SystemPackage

extension FileKind {
  init(mode: mode_t) {
    self =
      switch mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFIFO: .pipe
      case S_IFCHR: .characterDevice
      case S_IFBLK: .blockDevice
      case S_IFSOCK: .socket
      default: .other
      }
  }
}

/// What stands under `path`, symbolic links followed; nil where there is nothing.
func status(of path: FilePath) throws(FileError) -> stat? {
  var status = stat()
  do {
    try retrying(.inspect, path) { path.withPlatformString { stat($0, &status) } }
    return status
  } catch .system(_, _, .noSuchFileOrDirectory, _) {
    return nil
  }
}

extension Descriptor {
  /// The file's length, checked to be a regular file.
  func regularFileSize() throws(FileError) -> ByteCount {
    let status = try status()
    let kind = FileKind(mode: status.st_mode)
    guard kind == .file else { throw .notFile(path, kind) }
    return ByteCount(Int(status.st_size))
  }
}
