import Glibc
public import SystemPackage

/// Keeps other processes out while it lives, by the system's advisory lock (flock) on a file.
///
/// The lock file stays behind, since deleting it could let two processes lock two files of the
/// same name. The lock itself ends with the process, however that ends.
public struct FileLock: ~Copyable {
  private let descriptor: Descriptor

  /// Takes the lock at `path`, creating the file where it is missing. Throws `FileError.locked` at
  /// once where another process holds it.
  public init(tryingAt path: FilePath) throws(FileError) {
    let descriptor = try Self.open(path)
    do {
      try retrying(.lock, path) { flock(descriptor.number, LOCK_EX | LOCK_NB) }
    } catch .system(_, _, .wouldBlock, _) {
      throw .locked(path)
    }
    self.descriptor = descriptor
  }

  /// Gives the lock back. A lock that just goes out of use does so as well, but the compiler may
  /// end its life before the work that it was taken for.
  public consuming func release() {}

  /// Reading suffices for a lock, so that a file another user made can be locked as well.
  private static func open(_ path: FilePath) throws(FileError) -> Descriptor {
    if let status = try status(of: path) {
      let kind = FileKind(mode: status.st_mode)
      guard kind == .file else { throw .notFile(path, kind) }
    }
    return try Descriptor(
      opening: path, shownAs: path, O_RDONLY | O_CREAT | O_NONBLOCK | O_NOCTTY, mode: 0o644,
      for: .create)
  }
}
