import CLinux
import Glibc
public import Measures
public import SystemPackage

/// A regular file that is changed where it stands, for what is too large to be written anew.
///
/// What is half changed when the process ends stays so: whoever uses this has to keep what undoes it.
public struct FileEditing: ~Copyable {
  private let file: Descriptor
  public let size: ByteCount

  /// A symbolic link is not followed. Throws `FileError.locked` where another process has a lock on a
  /// part of the file, as QEMU has on its disks.
  public init(_ path: FilePath) throws(FileError) {
    guard let stamp = try FileStamp.of(path, followingLinks: false) else {
      throw .system(.open, path, .noSuchFileOrDirectory)
    }
    guard stamp.kind == .file else { throw .notFile(path, stamp.kind) }
    let file = try Descriptor(
      opening: path, shownAs: path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, for: .open)
    let size = try file.regularFileSize()
    guard try !file.isLocked() else { throw .locked(path) }
    self.size = size
    self.file = file
  }

  /// As many bytes as are asked for, or as there are.
  public func read(_ count: Int, at offset: UInt64) throws(FileError) -> [UInt8] {
    let start = Int(clamping: offset)
    var bytes = try file.read(upTo: count, at: start)
    while bytes.count < count {
      let more = try file.read(upTo: count - bytes.count, at: start + bytes.count)
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  public func write(_ bytes: RawSpan, at offset: UInt64) throws(FileError) {
    try file.write(bytes, at: Int(clamping: offset))
  }

  /// Whether the disk has nothing but a hole there, as far as it knows.
  public func isHole(_ range: Range<UInt64>) -> Bool {
    let data = lseek(file.number, Int(clamping: range.lowerBound), seekToData)
    if data >= 0 { return data >= Int(clamping: range.upperBound) }
    // Nothing but a hole follows up to the end; any other error is a file system that knows none.
    return errno == ENXIO
  }

  /// Waits until the disk has all that was written.
  public func synchronize() throws(FileError) { try file.synchronize() }
}

/// Gives a file another name in the same folder, in place of what stands there, and returns when the
/// disk knows it.
public func renameFile(_ path: FilePath, to name: FilePath) throws(FileError) {
  try retrying(.replace, name) {
    path.withPlatformString { old in name.withPlatformString { rename(old, $0) } }
  }
  try synchronizeFolder(name.parent)
}

/// Deletes a file, if it is there, and returns when the disk knows it.
public func removeFile(_ path: FilePath) throws(FileError) {
  do {
    try retrying(.replace, path) { path.withPlatformString { unlink($0) } }
  } catch .system(_, _, .noSuchFileOrDirectory, _) {
    return
  }
  try synchronizeFolder(path.parent)
}
