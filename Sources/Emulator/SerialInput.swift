import Glibc
import SystemPackage

/// The keys' way into the machine: a pipe whose both ends stay open here. Because a reader is
/// always left, a write to a QEMU that has ended is lost instead of ending us by SIGPIPE.
struct SerialInput: ~Copyable, Sendable {
  /// QEMU's standard input.
  let readEnd: FileDescriptor
  private let writeEnd: FileDescriptor

  init() throws(EmulatorError) {
    do {
      (readEnd, writeEnd) = try FileDescriptor.pipe()
    } catch {
      throw .process(executable: "pipe", reason: "\(error)")
    }
    // Neither end may reach QEMU by inheritance, and a guest that reads nothing must not block us.
    _ = fcntl(readEnd.rawValue, F_SETFD, FD_CLOEXEC)
    _ = fcntl(writeEnd.rawValue, F_SETFD, FD_CLOEXEC)
    _ = fcntl(writeEnd.rawValue, F_SETFL, O_NONBLOCK)
  }

  deinit {
    try? readEnd.close()
    try? writeEnd.close()
  }

  /// Ends the pipe, not before this call.
  consuming func close() {}

  /// What types into the pipe, for as long as this value lives.
  var keys: SerialKeys { SerialKeys(writeEnd: writeEnd) }
}

/// The typing end of a `SerialInput`.
struct SerialKeys: Sendable {
  fileprivate let writeEnd: FileDescriptor

  /// Types `keys`. What does not fit because the machine reads nothing is dropped, as on a real
  /// serial line.
  func type(_ keys: some Sequence<UInt8>) {
    _ = try? writeEnd.writeAll(keys)
  }
}
