public import Diagnostics
import Glibc
public import SystemPackage

/// Debian's packages of one architecture, fetched by the host's apt with a state of its own: the
/// host's sources, keys and pins are read, and nothing of the host is written. Needs no root.
///
///     CACHE/lock                    held while apt or an unpacking runs
///     CACHE/apt/armhf/lists/        the indexes, as apt stores them
///     CACHE/apt/armhf/refreshed     when they were last fetched, and which failed
///     CACHE/debs/SHA256.deb         packages, named by their own hash
///     CACHE/members/SHA256/index    which members of that package lie beside it, in `files/`
public struct DebianRepository: Sendable {
  /// An absolute folder of the user's, shared between projects and runs.
  public let cache: FilePath
  /// As dpkg spells it: `armhf`.
  public let architecture: String
  /// Nothing is fetched; what is not in the cache is an error.
  public let offline: Bool
  /// The value of PATH that apt is looked for in; nil for this process's own.
  let searchPath: String?
  /// Takes progress (`info`) and what did not stop the work (`warning`).
  let log: @Sendable (Diagnostic) -> Void

  public init(
    cache: FilePath, architecture: String = "armhf", offline: Bool = false,
    searchPath: String? = nil, log: @escaping @Sendable (Diagnostic) -> Void
  ) {
    self.cache = Self.absolute(cache)
    self.architecture = architecture
    self.offline = offline
    self.searchPath = searchPath
    self.log = log
  }

  /// apt's own folder of this architecture.
  var aptFolder: FilePath { cache.appending("apt").appending(architecture) }
  var listsFolder: FilePath { aptFolder.appending("lists") }
  var packagesFolder: FilePath { cache.appending("debs") }

  /// apt takes a relative folder for one below `/`.
  private static func absolute(_ path: FilePath) -> FilePath {
    guard path.isRelative, let current = getcwd(nil, 0) else { return path }
    defer { free(current) }
    return FilePath(platformString: current).pushing(path).lexicallyNormalized()
  }
}
