public import Diagnostics
import Measures
import SystemPackage

extension FileError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .system(let operation, let path, let errno, let wanted):
      Self.diagnostic(operation, path, errno, wanted)
    case .notFile(let path, .folder):
      Diagnostic(.error, "\(path) is a folder, not a file", help: "name a file in it")
    case .notFile(let path, let kind):
      Diagnostic(.error, "\(path) is a \(kind.rawValue), not a file", help: "name a regular file")
    case .notFolder(let path, let kind):
      Diagnostic(
        .error, "\(path) is a \(kind.rawValue), not a folder",
        help: "name another folder, or move that \(kind.rawValue) away")
    case .tooLarge(let path, let size, let limit):
      Diagnostic(
        .error, "\(path) is \(size) long, and at most \(limit) are read",
        help: "check that it is the file you mean")
    case .exists(let path):
      Diagnostic(
        .error, "\(path) is there already, and is not written over",
        help: "edit it, move it away, or go to another folder")
    case .locked(let path):
      Diagnostic(
        .error, "another ctboot is at work here: it holds the lock \(path)",
        help: "wait until it has finished, or end it")
    }
  }

  private static func diagnostic(
    _ operation: Operation, _ path: FilePath, _ errno: Errno, _ wanted: ByteCount?
  ) -> Diagnostic {
    let folder = path.removingLastComponent()
    let folderName = folder.isEmpty ? "." : folder.string
    let size = wanted.map { " for \($0)" } ?? ""
    switch errno {
    case .noSpace:
      return Diagnostic(
        .error, "no space left\(size) on the disk that holds \(path)",
        help: "free some space there (df -h \(folderName)), or choose another output folder")
    case .diskQuotaExceeded:
      return Diagnostic(
        .error, "your disk quota leaves no space\(size) on the disk that holds \(path)",
        help: "free some space there (quota), or choose another output folder")
    case .fileTooLarge:
      return Diagnostic(
        .error, "\(path) would become larger\(size) than its disk or a limit allows",
        help: "choose another output folder, or raise the limit (ulimit -f)")
    case .permissionDenied, .notPermitted:
      return Diagnostic(
        .error, "no permission to \(operation.rawValue) \(path)",
        help: "look at the permissions with: ls -ld \(folderName) \(path)")
    case .noSuchFileOrDirectory where path.isEmpty:
      return Diagnostic(
        .error, "the name of a file is empty", help: "look at the variable that it comes from")
    case .noSuchFileOrDirectory:
      return operation == .create || operation == .replace
        ? Diagnostic(
          .error, "the folder that shall hold \(path) does not exist",
          help: "create it with: mkdir -p \(folderName)")
        : Diagnostic(.error, "\(path) does not exist", help: "check the name, or create the file")
    case .isDirectory:
      return Diagnostic(.error, "\(path) is a folder, not a file", help: "name a file in it")
    case .notDirectory:
      return Diagnostic(
        .error, "a part of the name \(path) before its last is a file, not a folder",
        help: "check the name")
    case .readOnlyFileSystem:
      return Diagnostic(
        .error, "the disk that holds \(path) is read-only",
        help: "choose another output folder, or mount the disk for writing")
    default:
      // Whatever else the system says, it says in its own words: a guess at the cause would be
      // worse.
      return Diagnostic(
        .error, "cannot \(operation.rawValue) \(path): \(errno.description)",
        help: "mend what the system complains of, then run the command again")
    }
  }
}
