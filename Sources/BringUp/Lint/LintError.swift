public import DeviceTree
public import Diagnostics
public import Measures
public import SystemPackage

/// Why nothing could be linted.
public enum LintError: Error, Sendable, Hashable {
  /// A folder without a tree or script in it.
  case noTrees(FilePath)
  /// A folder that `-I` or the project's `include-paths:` names.
  case noIncludeFolder(FilePath)
  /// A file that would reach past the last address.
  case loadPastEnd(FilePath, at: Address, size: ByteCount)
  /// The tree of `--base` is none that an overlay could be laid over.
  case badBase(FilePath, DeviceTreeError)
}

extension LintError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noTrees(let path):
      Diagnostic(
        .error, "there is no device tree and no boot script below \(path)",
        help:
          "name a folder that holds files ending in .dts, .dtso, .dtb, .dtbo, .cmd or .scr, a uEnv.txt or an extlinux.conf"
      )
    case .noIncludeFolder(let path):
      Diagnostic(
        .error, "there is no folder \(path), where #include and /include/ are to look",
        help: "correct its name, or leave it out")
    case .loadPastEnd(let file, let address, let size):
      Diagnostic(
        .error, "\(file), \(size) at \(address), would reach past the last address",
        help: "correct the address behind the `@` of `--load`")
    case .badBase(let path, let error):
      Diagnostic(
        .error, "nothing can be laid over \(path): \(error.diagnostic.message)",
        help: "`ctboot lint \(path)` tells all that is wrong with it")
    }
  }
}
