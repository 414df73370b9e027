import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and its like end what is under way instead of the process, so that child processes are
/// ended, terminals restored and unfinished files deleted.
enum Interruption {
  private static let current = Mutex<Task<Void, any Error>?>(nil)

  /// Runs `work`; the first SIGINT, SIGTERM or SIGHUP cancels it, a second one ends the process at
  /// once. `CancellationError` then tells the caller so, whatever the work itself made of it.
  static func cancelling(_ work: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task { try await work() }
    current.withLock { $0 = task }
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if task.isCancelled {
          signal(number, SIG_DFL)
          raise(number)
        }
        task.cancel()
      }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    do {
      try await task.value
    } catch {
      if task.isCancelled { throw CancellationError() }
      throw error
    }
  }

  /// Cancels what is under way, as a signal would.
  static func cancel() { current.withLock { $0 }?.cancel() }
}
