public import Diagnostics
public import SystemPackage

/// A project that cannot be read at all.
public enum ProjectError: Error, Sendable, Hashable {
  case noProject(FilePath)
}

extension ProjectError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noProject(let path):
      Diagnostic(
        .error, "there is no project file \(path)",
        help: "write one with `ctboot init`, or name another with `-p FILE`")
    }
  }
}
