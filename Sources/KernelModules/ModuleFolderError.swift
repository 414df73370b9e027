public import Diagnostics

/// Why a listing cannot serve as a kernel's modules.
public enum ModuleFolderError: Error, Sendable, Hashable {
  /// It holds no `lib/modules/RELEASE/….ko`.
  case empty
  case noRelease(String, known: [String])
  /// Modules of more than one kernel, and nobody said whose.
  case severalReleases([String])
}

extension ModuleFolderError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .empty:
      Diagnostic(
        .error, "there are no kernel modules: no file lib/modules/RELEASE/….ko",
        help: "give the package, archive or folder that `make modules_install` or Debian makes")
    case .noRelease(let release, let known):
      Diagnostic(
        .error, "there are no modules for the kernel \(release)",
        notes: known.isEmpty ? [] : ["There are modules for \(known.joined(separator: ", "))."],
        help: "give the modules that were built with this kernel")
    case .severalReleases(let releases):
      Diagnostic(
        .error, "there are modules for several kernels: \(releases.joined(separator: ", "))",
        help: "leave the folder of one kernel")
    }
  }
}
