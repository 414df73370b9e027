public import Archives
public import Diagnostics
public import KernelModules
public import SystemPackage

/// Why a package, or a file of it, cannot be had.
public enum PackageError: Error, Sendable, Hashable {
  /// A program of apt is not installed.
  case aptMissing(String)
  case cannotRun(String, reason: String)
  /// A run of apt failed for a reason of its own, in its words.
  case aptFailed(String, String)
  case cancelled
  /// Not one index could be fetched, and none is in the cache.
  case indexNotFetched(FetchFailure, FilePath)
  /// There is no index to look the package up in.
  case noIndex(String, offline: Bool)
  /// What stands in the project is no name or version that Debian allows.
  case invalidName(String)
  case unknownPackage(String, near: String?, brokenIndexes: [String])
  case noSuchVersion(String, version: String, known: [String])
  case noDependency(String, prefix: String, found: [String])
  /// The index describes the package without what is needed to fetch and check it.
  case badRecord(String)
  case notFetched(String, version: String, FetchFailure, FilePath)
  case wrongHash(String, expected: String, found: String)
  /// Offline, and the package is not in the cache.
  case notCached(String, version: String)
  case cache(FilePath, Errno)
  /// A file of the cache is changed by somebody as often as it is written.
  case changedMember(FilePath)
  /// The package's file cannot be read, or a wanted member not be taken from it.
  case archive(ArchiveError, of: String)
  /// The package holds no modules of the kernel that is meant.
  case modules(ModuleFolderError)
}

extension PackageError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .aptMissing(let program):
      Diagnostic(
        .error, "\(program) is not on this machine, so no Debian package can be fetched",
        help: "Run ctboot on Debian or Ubuntu, or in a container of one (apt install apt): busybox"
          + " comes from a package whatever stands under inputs:.")
    case .cannotRun(let program, let reason):
      Diagnostic(.error, "\(program) cannot be run", notes: ["\(reason)."])
    case .aptFailed(let program, let words):
      Diagnostic(
        .error, "\(program) failed: \(words)",
        help: "Run `apt-get update` by hand to see whether the host's own apt works.")
    case .cancelled:
      Diagnostic(.error, "fetching packages was cancelled")
    case .indexNotFetched(let failure, let folder):
      Diagnostic(
        .error, "Debian's package indexes cannot be fetched: \(failure.words)",
        help: failure.help(folder: folder))
    case .noIndex(let package, let offline):
      Diagnostic(
        .error, "\(package) cannot be looked up: no package index is in the cache",
        help: offline ? Self.withoutOffline : "Fetch the indexes first.")
    case .invalidName(let name):
      Diagnostic(
        .error, "\(name.debugDescription) is no Debian package name or version",
        help: "Write debian:PACKAGE or debian:PACKAGE=VERSION, as `apt-cache policy` shows them.")
    case .unknownPackage, .noSuchVersion, .noDependency, .badRecord: lookupDiagnostic
    case .notFetched(let package, let version, let failure, let folder):
      Diagnostic(
        .error, "\(package) \(version) cannot be fetched: \(failure.words)",
        help: failure.help(folder: folder))
    case .wrongHash(let package, let expected, let found):
      Diagnostic(
        .error, "\(package) was fetched, but it is not the file that the signed index promises",
        notes: ["expected SHA-256 \(expected)", "found SHA-256 \(found)"],
        help: "Run again; if it stays so, do not trust the mirror or proxy in between.")
    case .notCached(let package, let version):
      Diagnostic(
        .error, "\(package) \(version) is not in the cache, and --offline forbids to fetch it",
        help: Self.withoutOffline)
    case .cache(let path, let errno):
      Diagnostic(
        .error, "the package cache cannot be used at \(path): \(errno)",
        help: "Make room or set XDG_CACHE_HOME to a folder that you may write to.")
    case .modules(let error): error.diagnostic
    case .changedMember(let path):
      Diagnostic(
        .error, "\(path) in the package cache is not what was taken out of its package",
        help: "See who else writes there, and whether the disk is sound; then run again.")
    case .archive(let error, let package):
      error.diagnostic(of: package)
    }
  }

  private var lookupDiagnostic: Diagnostic {
    switch self {
    case .unknownPackage(let package, let near, let broken):
      Diagnostic(
        .error, "no package is named \(package)",
        notes: broken.isEmpty
          ? [] : ["These indexes could not be fetched: \(broken.joined(separator: ", "))."],
        help: near.map { "Did you mean \($0)?" }
          ?? "Check the name, and that /etc/apt names a Debian mirror that has it.")
    case .noSuchVersion(let package, let version, let known):
      Diagnostic(
        .error, "there is no version \(version) of \(package)",
        help: "There is: \(known.joined(separator: ", ")).")
    case .noDependency(let package, let prefix, let found):
      Diagnostic(
        .error, "\(package) depends on no package that begins with \(prefix)",
        notes: found.isEmpty ? [] : ["It depends on \(found.joined(separator: ", "))."],
        help: "Name the package itself, as debian:PACKAGE.")
    case .badRecord(let package):
      Diagnostic(
        .error, "the index entry of \(package) lacks a valid version, size or SHA-256",
        help: "Use a repository whose index has SHA-256 sums.")
    default: Diagnostic(.error, "\(self)")
    }
  }

  private static let withoutOffline = "Run the same command once without --offline."
}

extension ArchiveError {
  /// The file is named by its hash, which tells nobody which package it is.
  fileprivate func diagnostic(of package: String) -> Diagnostic {
    var diagnostic = diagnostic
    if case .missing(_, let wanted, let near) = self {
      diagnostic.message = "\(package) holds no member '\(wanted)'"
      if near.isEmpty { diagnostic.help = "Name the package that holds it, or give a file." }
      return diagnostic
    }
    diagnostic.notes.insert("The file is the package \(package).", at: 0)
    return diagnostic
  }
}

extension FetchFailure {
  func help(folder: FilePath) -> String {
    switch self {
    case .noNetwork: "Check the connection and the proxy; with --offline the cache is used alone."
    case .wrongContents: "Run again later: a mirror may be in the middle of an update."
    case .notFound: "Run again, which fetches the indexes anew; check the mirror in /etc/apt."
    case .missingKey: "Install the keys: apt install debian-archive-keyring."
    case .notSigned, .badSignature:
      "Check this machine's clock and its sources in /etc/apt; unsigned packages are not used."
    case .noSpace: "Make room in \(folder), or set XDG_CACHE_HOME to a folder with room."
    case .other: "Run `apt-get update` by hand to see whether the host's own apt works."
    }
  }
}
