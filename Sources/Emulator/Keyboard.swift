import Glibc
import SystemPackage

/// The user's keys: standard input, passed on until Ctrl-] is pressed.
struct Keyboard: Sendable {
  /// Ctrl-], as telnet and virsh have it: no boot console uses it.
  private static let leave: UInt8 = 0x1D
  /// No key waits longer than this; fast typing comes in one piece.
  private static let pause = Duration.milliseconds(15)

  /// Passes keys on. `.left` at Ctrl-], nil at the end of the input or when cancelled.
  func forward(to keys: SerialKeys) async -> SerialSession.Stop? {
    while !Task.isCancelled {
      guard isReady else {
        try? await Task.sleep(for: Self.pause)
        continue
      }
      guard let bytes = try? FileDescriptor.standardInput.bytes(upTo: 256), !bytes.isEmpty else {
        return nil
      }
      keys.type(bytes.prefix { $0 != Self.leave })
      if bytes.contains(Self.leave) { return .left }
    }
    return nil
  }

  /// Whether a read would return at once. A blocking read could not be cancelled.
  private var isReady: Bool {
    var standardInput = pollfd(
      fd: FileDescriptor.standardInput.rawValue, events: Int16(POLLIN), revents: 0)
    return poll(&standardInput, 1, 0) > 0
  }
}
