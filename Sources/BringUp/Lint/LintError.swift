public import Diagnostics
public import SystemPackage

/// Why nothing could be linted.
public enum LintError: Error, Sendable, Hashable {
  /// A folder without a tree or script in it.
  case noTrees(FilePath)
  /// `--write-baseline` without a file, or a text that no other option explains.
  case oddLoad(String)
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
    case .oddLoad(let text):
      Diagnostic(
        .error, "`\(text)` is no file with a load address",
        help: "write it as FILE@ADDRESS, as in `--load xen@0x42000000`")
    }
  }
}
