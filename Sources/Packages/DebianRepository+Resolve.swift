import Diagnostics

extension DebianRepository {
  /// The version of a package that apt would install, or a stated one. Call `refresh()` before.
  public func resolve(
    _ package: String, version: String? = nil
  ) async throws(PackageError) -> ResolvedPackage {
    guard PackageName.isValid(package) else { throw .invalidName(package) }
    if let version, !PackageName.isValid(version: version) { throw .invalidName(version) }
    return try await locked { () async throws(PackageError) in
      try await resolveLocked(package, version)
    }
  }

  /// The real package behind a meta package: the dependency of `package` whose name begins with
  /// `prefix`, in the version that `package` asks for.
  ///
  /// `linux-image-armmp` depends on `linux-image-6.1.0-50-armmp (= 6.1.176-1)`.
  public func resolve(
    dependencyOf package: String, version: String? = nil, matching prefix: String
  ) async throws(PackageError) -> ResolvedPackage {
    let meta = try await resolve(package, version: version)
    guard let wanted = meta.dependencies.first(where: { $0.name.hasPrefix(prefix) }) else {
      throw .noDependency(package, prefix: prefix, found: meta.dependencies.map(\.name))
    }
    return try await resolve(wanted.name, version: wanted.exactVersion)
  }

  private func resolveLocked(
    _ package: String, _ version: String?
  ) async throws(PackageError) -> ResolvedPackage {
    guard hasIndex else { throw .noIndex(package, offline: offline) }
    // apt-cache prints the candidate that its policy chooses, or every version there is.
    let (output, failed) = try await records(of: package, allVersions: version != nil)
    let records = ControlRecord.list(output).filter {
      $0["Package"] == package && [architecture, "all"].contains($0["Architecture"])
    }
    guard !records.isEmpty else {
      if let failed, let failure = Self.aptFailure(failed) { throw failure }
      throw .unknownPackage(
        package, near: try await nearName(to: package), brokenIndexes: brokenIndexes)
    }
    let chosen = version == nil ? records.first : records.first { $0["Version"] == version }
    guard let chosen else {
      throw .noSuchVersion(
        package, version: version ?? "", known: records.compactMap { $0["Version"] })
    }
    guard let resolved = chosen.package else { throw .badRecord(package) }
    return resolved
  }

  /// What else apt-cache complains of than a package it does not have.
  private static func aptFailure(_ outcome: AptOutcome) -> PackageError? {
    let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("E: ") }
    let other = lines.filter {
      !$0.contains("No packages found") && !$0.contains("Unable to locate package")
    }
    guard !outcome.succeeded, let first = other.first else { return nil }
    return .aptFailed(outcome.program.rawValue, FetchFailure.redacted(String(first)))
  }

  private func nearName(to package: String) async throws(PackageError) -> String? {
    let stem = String(package.prefix(3))
    let outcome = try await apt(.cache, ["pkgnames", "--", stem])
    let names = outcome.output.split(separator: "\n").map { String($0) }
    let alike = names.filter { abs($0.count - package.count) <= 2 }
    return Spelling.nearest(to: package, among: alike.sorted())
  }
}
