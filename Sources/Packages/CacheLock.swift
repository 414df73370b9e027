import Diagnostics
import Glibc
import SystemPackage

/// Held by one run at a time, of all that share a cache. The kernel lets go of it when its holder
/// dies, so there is no stale lock to remove.
struct CacheLock: ~Copyable {
  private let file: FileDescriptor

  /// Opens the file without taking the lock.
  private init(_ path: FilePath) throws(PackageError) {
    do {
      self.file = try .open(
        path, .readWrite, options: [.create, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw .cache(path, error as? Errno ?? .ioError)
    }
  }

  /// Waits without blocking a thread: the holder may be a task of this process that needs it.
  static func wait(
    at path: FilePath, whenWaiting: () -> Void
  ) async throws(PackageError) -> CacheLock {
    let lock = try CacheLock(path)
    var waits = 0
    while flock(lock.file.rawValue, LOCK_EX | LOCK_NB) != 0 {
      let failure = Errno(rawValue: errno)
      guard failure == .wouldBlock || failure == .interrupted else { throw .cache(path, failure) }
      waits += 1
      if waits == waitsBeforeNotice { whenWaiting() }
      do { try await Task.sleep(for: .milliseconds(50)) } catch { throw .cancelled }
    }
    return lock
  }

  deinit { try? file.close() }

  consuming func release() {}

  private static let waitsBeforeNotice = 20
}

extension DebianRepository {
  /// Runs `body` while no other run uses the cache. Not to be nested.
  func locked<Value: Sendable>(
    _ body: @Sendable () async throws(PackageError) -> Value
  ) async throws(PackageError) -> Value {
    try CacheFile.makeFolders(cache)
    let lock = try await CacheLock.wait(at: cache.appending("lock")) {
      log(Diagnostic(.info, "waiting for another run that uses \(cache)"))
    }
    let value = try await body()
    lock.release()
    return value
  }
}
