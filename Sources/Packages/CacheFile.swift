import Files
import Glibc
import Measures
import SystemPackage

/// Files of the cache: each is written under another name first, and so is whole or not there.
enum CacheFile {
  static func makeFolders(_ path: FilePath) throws(PackageError) {
    do throws(FileError) { try ensureFolder(path) } catch { throw .cache(error, at: path) }
  }

  /// Leaves a file that holds `text` already as it is.
  static func write(_ text: String, to path: FilePath) throws(PackageError) {
    if read(path) != Array(text.utf8) { try replace(text, at: path) }
  }

  /// Writes the file even where its text stays the same, so that its age starts anew.
  static func replace(_ text: String, at path: FilePath) throws(PackageError) {
    do throws(FileError) {
      let bytes = Array(text.utf8)
      var file = try AtomicFile(replacing: path)
      try file.write(bytes.span.bytes)
      try file.commit()
    } catch {
      throw .cache(error, at: path)
    }
  }

  static func rename(_ old: FilePath, to new: FilePath) throws(PackageError) {
    guard Glibc.rename(old.string, new.string) == 0 else {
      let failure = Errno(rawValue: errno)
      unlink(old.string)
      throw .cache(new, failure)
    }
  }

  static func remove(_ path: FilePath) { unlink(path.string) }

  /// Waits until the file's contents are on disk, so that a name never means a half-written file.
  static func sync(_ path: FilePath) throws(PackageError) {
    let file = open(path.string, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .cache(path, Errno(rawValue: errno)) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw .cache(path, Errno(rawValue: errno)) }
  }

  /// Nil where it cannot be read, or is larger than any file that is read whole here.
  static func read(_ path: FilePath) -> [UInt8]? {
    try? readFile(path, limit: .mebibytes(16))
  }

  /// Nil where there is no regular file.
  static func size(of path: FilePath) -> UInt64? {
    status(of: path).map { UInt64(max(0, $0.st_size)) }
  }

  /// When it was last written, in seconds since 1970.
  static func age(of path: FilePath) -> Int? {
    status(of: path).map { time(nil) - $0.st_mtim.tv_sec }
  }

  /// When it was last written, as digits that a later write changes.
  static func modified(_ path: FilePath) -> String? {
    status(of: path).map { "\($0.st_mtim.tv_sec).\($0.st_mtim.tv_nsec)" }
  }

  private static func status(of path: FilePath) -> stat? {
    var status = stat()
    guard lstat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return status
  }

  /// The names in a folder, in no order; none where it cannot be read.
  static func names(in folder: FilePath) -> [String] {
    guard let stream = opendir(folder.string) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

extension PackageError {
  /// What went wrong with a file of the cache, in this module's words.
  static func cache(_ error: FileError, at path: FilePath) -> PackageError {
    switch error {
    case .system(_, let place, let errno, _): .cache(place, errno)
    case .notFile(let place, .folder): .cache(place, .isDirectory)
    case .notFolder(let place, _): .cache(place, .notDirectory)
    default: .cache(path, .ioError)
    }
  }
}
