public import Diagnostics
public import SystemPackage

/// Why a machine could not be emulated. A boot that starts and then stands still is no error but
/// a `BootResult`.
public enum EmulatorError: Error, Sendable, Hashable {
  /// There is no such program.
  case executableNotFound(String)
  /// QEMU ended before the machine sent a byte; `messages` are the lines of its standard error.
  case refused(executable: String, status: ExitStatus, messages: [String])
  /// The machine has no device tree of its own.
  case noTree(machine: String)
  /// QEMU did not end within this time though it had nothing to run.
  case stuck(executable: String, after: Duration)
  /// A file of ours, the serial log or a temporary one, could not be written or read.
  case file(FilePath, Errno)
  /// The process could not be started or watched; the text is the system's.
  case process(executable: String, reason: String)
  /// The task was cancelled; QEMU was ended.
  case cancelled
}

extension EmulatorError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .executableNotFound(let executable):
      Diagnostic(
        .error, "\(executable), which emulates the board, is not installed or not in PATH",
        help: "install QEMU for ARM: apt-get install qemu-system-arm")
    case .refused(let executable, let status, let messages):
      Diagnostic(
        .error, Self.refusal(executable, status, messages),
        notes: messages.count > 1 ? messages : [],
        help: Self.cure(messages))
    case .noTree(let machine):
      Diagnostic(
        .error, "QEMU's machine \(machine) has no device tree of its own",
        help: "name the board's tree in the project file")
    case .stuck(let executable, let duration):
      Diagnostic(
        .error, "\(executable) did not end within \(duration) though it had nothing to run",
        help: "run it by hand to see where it waits")
    case .file(let path, let errno):
      Diagnostic(
        .error, "\(path) cannot be written: \(errno)",
        help: "name another file, on a disk with room and in a folder that may be written to")
    case .process(let executable, let reason):
      Diagnostic(.error, "\(executable) could not be run: \(reason)")
    case .cancelled:
      Diagnostic(.error, "the emulation was stopped before its end")
    }
  }

  private static func refusal(
    _ executable: String, _ status: ExitStatus, _ messages: [String]
  ) -> String {
    guard let reason = reason(messages, executable) else {
      return "\(executable) ended at once (\(status)) and gave no reason"
    }
    return "\(executable) refused to start: \(reason)"
  }

  /// The last line that QEMU signs with its name, which is where it says what is wrong; lines
  /// after that are advice. Without one, the last line.
  private static func reason(_ messages: [String], _ executable: String) -> String? {
    let name = FilePath(executable).lastComponent?.string ?? executable
    let prefix = name + ": "
    let signed = messages.last {
      $0.hasPrefix(prefix) && !$0.hasPrefix(prefix + "warning: ")
        && !$0.hasPrefix(prefix + "info: ")
    }
    return signed.map { String($0.dropFirst(prefix.count)) } ?? messages.last
  }

  private static func cure(_ messages: [String]) -> String {
    let cures = [
      ("lock", "another QEMU uses the image: end it, or wait for it"),
      ("SD card size", "give the image a size that is a power of two"),
      ("romfile", "add `-nic none` to the board's QEMU options, or install ipxe-qemu"),
      ("No such file", "make the image first, and check the paths in the message"),
    ]
    for (words, cure) in cures where messages.contains(where: { holds($0, words) }) { return cure }
    return "print the command with --print-command and run it by hand"
  }

  private static func holds(_ text: String, _ words: String) -> Bool {
    text.utf8.indices.contains { text.utf8[$0...].starts(with: words.utf8) }
  }
}
