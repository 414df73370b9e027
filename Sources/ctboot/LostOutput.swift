import Diagnostics
import Synchronization

/// Standard output that could not be written, which is found out in the middle of a command.
enum LostOutput {
  private static let first = Mutex<String?>(nil)

  /// Why; nil while all is well.
  static var reason: String? { first.withLock { $0 } }

  static func note(_ error: any Error) { first.withLock { $0 = $0 ?? "\(error)" } }

  static var diagnostic: Diagnostic? {
    reason.map {
      Diagnostic(
        .error, "standard output could not be written: \($0)",
        help: "look at what it goes to, a full disk or a program that has ended")
    }
  }
}
