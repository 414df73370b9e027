public import Diagnostics

/// Why the modules for a root cannot be brought together.
public enum RootModulesError: Error, Sendable, Hashable {
  /// Nobody has listed how Linux reaches such a root on the board.
  case noDrivers(board: String, soc: String)
  /// The listing names a file that is not there.
  case unread(path: String)
  /// The modules need each other over more steps than any kernel's do.
  case tooDeep(release: String)
}

extension RootModulesError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noDrivers(let board, let soc):
      Diagnostic(
        .error, "it is not known which drivers Linux takes on \(board) to reach such a root",
        help: "add `drivers` to Boards/soc/\(soc).yaml or Boards/\(board).yaml")
    case .unread(let path):
      Diagnostic(
        .error, "the module \(path) is listed and cannot be read",
        help: "give the modules anew, as they were installed")
    case .tooDeep(let release):
      Diagnostic(
        .error, "the modules of the kernel \(release) need each other without an end",
        help: "take the modules from the kernel's package or build again")
    }
  }
}
