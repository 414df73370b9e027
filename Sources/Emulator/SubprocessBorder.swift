import Subprocess
import SystemPackage

extension Executable {
  /// A path where the text holds a slash, else a name to look up in `PATH`, as shells do.
  static func emulator(_ text: String) -> Executable {
    text.contains("/") ? .path(FilePath(text)) : .name(text)
  }
}

extension ExitStatus {
  init(_ status: TerminationStatus) {
    switch status {
    case .exited(let code): self = .exited(code)
    case .signaled(let signal): self = .signalled(signal)
    }
  }
}

extension EmulatorError {
  /// What the process library threw, in our words.
  init(_ error: any Error, _ executable: String) {
    switch error {
    case let error as EmulatorError: self = error
    case is CancellationError: self = .cancelled
    case let error as SubprocessError where error.code == .executableNotFound:
      self = .executableNotFound(executable)
    default: self = .process(executable: executable, reason: "\(error)")
    }
  }
}
