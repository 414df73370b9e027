import Diagnostics
import Measures
public import SystemPackage

extension DebianRepository {
  /// The .deb file of a package in the cache, fetched where it is not there, and in either case
  /// with the SHA-256 that the index promises.
  public func fetch(_ package: ResolvedPackage) async throws(PackageError) -> FilePath {
    let file = packagesFolder.appending(package.sha256 + ".deb")
    return try await locked { () async throws(PackageError) in
      if CacheFile.size(of: file) == package.size.rawValue,
        try FileHash.sha256(of: file) == package.sha256
      {
        return file
      }
      if offline { throw .notCached(package.name, version: package.version) }
      try await download(package, to: file)
      return file
    }
  }

  /// Lets apt write into an empty folder, and takes the one file it wrote.
  private func download(
    _ package: ResolvedPackage, to file: FilePath
  ) async throws(PackageError) {
    let folder = packagesFolder.appending("partial")
    try CacheFile.makeFolders(folder)
    Self.clear(folder)
    defer { Self.clear(folder) }
    log(Diagnostic(.info, "fetching \(package.name) \(package.version) (\(package.size))"))
    let name = "\(package.name)=\(package.version)"
    let outcome = try await apt(.get, ["download", "--", name], in: folder)
    guard let found = CacheFile.names(in: folder).first(where: { $0.hasSuffix(".deb") }) else {
      let failure = FetchFailure(outcome.errors) ?? .other("apt-get download made no file")
      // A file that is gone means an index that is too old.
      if failure == .notFound { forgetFreshness() }
      throw .notFetched(package.name, version: package.version, failure, cache)
    }
    let fetched = folder.appending(found)
    let hash = try FileHash.sha256(of: fetched)
    guard hash == package.sha256 else {
      throw .wrongHash(package.name, expected: package.sha256, found: hash)
    }
    try CacheFile.sync(fetched)
    try CacheFile.rename(fetched, to: file)
  }

  private static func clear(_ folder: FilePath) {
    for name in CacheFile.names(in: folder) { CacheFile.remove(folder.appending(name)) }
  }
}
