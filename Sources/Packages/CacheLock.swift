import Diagnostics
import Files
import SystemPackage

/// Held by one run at a time, of all that share a cache. The kernel lets go of it when its holder
/// dies, so there is no stale lock to remove.
enum CacheLock {
  /// Waits without blocking a thread: the holder may be a task of this process that needs it.
  static func wait(
    at path: FilePath, whenWaiting: () -> Void
  ) async throws(PackageError) -> FileLock {
    var waits = 0
    while true {
      do throws(FileError) {
        return try FileLock(tryingAt: path)
      } catch .locked {
        waits += 1
        if waits == waitsBeforeNotice { whenWaiting() }
      } catch {
        throw .cache(error, at: path)
      }
      do { try await Task.sleep(for: .milliseconds(50)) } catch { throw .cancelled }
    }
  }

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
