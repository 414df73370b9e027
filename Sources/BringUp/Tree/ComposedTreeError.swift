public import BootImages
public import Diagnostics
public import Files
public import Measures
public import Workspace
public import XenTree

/// Why a tree for Xen is not composed.
public enum ComposedTreeError: Error, Sendable, Hashable {
  case unreadable(PlacedFile, FileError)
  /// The file cannot play the part it is given.
  case wrongInput(PlacedFile, InputError)
  /// It would reach past the last address.
  case pastEnd(PlacedFile, ByteCount)
  /// What is to be a list of guests is no text.
  case noGuests(file: String, ImageKind)
  /// Neither the command line nor a board nor the tree says where Xen's console is.
  case noConsole(tree: String)
  case tree(XenTreeError)
  /// Errors of the linter in the tree that would be written.
  case faultyTree(file: String, [Finding])
}

extension ComposedTreeError: DiagnosticConvertible {
  public var isVerdict: Bool {
    if case .faultyTree = self { true } else { false }
  }

  public var diagnostic: Diagnostic {
    switch self {
    case .unreadable(let file, let error): Self.placed(error.diagnostic, file)
    case .wrongInput(let file, let error): Self.placed(error.diagnostic, file)
    case .pastEnd(let file, let size):
      Diagnostic(
        .error, "\(file.path), \(size) at \(file.address), would reach past the last address",
        at: file.span, help: "correct its address")
    case .noGuests(let file, let kind):
      Diagnostic(
        .error, "\(file) must be a list of guests in YAML, but it is \(kind)",
        help: "name the list with `--domains`; `ctboot tree compose --help` shows one")
    case .noConsole(let tree):
      Diagnostic(
        .error, "nothing says where Xen's console is: \(tree) has no `stdout-path`",
        help: "name its node with `--console`, as an alias or by its path, or the board with "
          + "`--board`")
    case .tree(let error): Self.words(error)
    case .faultyTree(let file, let findings):
      // The first ones tell enough.
      Diagnostic(
        .error,
        "the composed tree has \(findings.count) " + (findings.count == 1 ? "fault" : "faults")
          + " with which the board would not boot, so it is not written",
        notes: findings.prefix(8).map(\.inOneLine),
        help: "mend \(file) or what is asked for (`ctboot explain "
          + "\(findings.first?.rule.rawValue ?? "RULE")` tells more), or write it all the same "
          + "with `--force`")
    }
  }

  private static func placed(_ diagnostic: Diagnostic, _ file: PlacedFile) -> Diagnostic {
    var diagnostic = diagnostic
    diagnostic.span = file.span
    return diagnostic
  }

  /// The error's own words; where its help speaks of a project file, there is none here.
  private static func words(_ error: XenTreeError) -> Diagnostic {
    var diagnostic = error.diagnostic
    switch error {
    case .versionTooOld: diagnostic.help = "correct `--xen`"
    case .noKernel:
      diagnostic.help =
        "give one with `--kernel FILE@ADDRESS`, or guests alone with `--domains FILE`"
    case .argumentsTooLong(let owner, _):
      diagnostic.help = "shorten `--\(owner.lowercased())-arguments`"
    case .consoleMissing:
      diagnostic.help =
        "name the console's node with `--console`, as an alias or by its whole path"
    default: break
    }
    return diagnostic
  }
}
