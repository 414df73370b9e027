import Boards
import Diagnostics
import SystemPackage

extension DebianRepository {
  /// The version of a package that apt would install, or a stated one. Call `refresh()` before.
  public func resolve(
    _ package: String, version: String? = nil
  ) async throws(PackageError) -> ResolvedPackage {
    guard PackageName.isValid(package) else { throw .invalidName(package) }
    if let version, !PackageName.isValid(version: version) { throw .invalidName(version) }
    // What is kept needs no lock: it is whole or not there.
    if let records = keptAnswer(package, version)?.text,
      let resolved = chosen(records, package, version)?.package
    {
      return resolved
    }
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
    let which = version == nil ? "--no-all-versions" : "--all-versions"
    let outcome = try await apt(.cache, ["show", which, "--", package])
    let records = records(outcome.output, of: package)
    guard !records.isEmpty else {
      if let failure = Self.aptFailure(outcome) { throw failure }
      throw .unknownPackage(
        package, near: try await nearName(to: package), brokenIndexes: brokenIndexes)
    }
    guard let chosen = chosen(outcome.output, package, version) else {
      throw .noSuchVersion(
        package, version: version ?? "", known: records.compactMap { $0["Version"] })
    }
    guard let resolved = chosen.package else { throw .badRecord(package) }
    try keptAnswer(package, version)?.keep(outcome.output)
    return resolved
  }

  /// The package's own records, for this architecture, in apt-cache's order.
  private func records(_ answer: String, of package: String) -> [ControlRecord] {
    ControlRecord.list(answer).filter {
      $0["Package"] == package && [architecture, "all"].contains($0["Architecture"])
    }
  }

  private func chosen(_ answer: String, _ package: String, _ version: String?) -> ControlRecord? {
    let records = records(answer, of: package)
    return version == nil ? records.first : records.first { $0["Version"] == version }
  }

  /// The place where apt's answer is kept; nil where the indexes have no stamp to keep it by.
  private func keptAnswer(_ package: String, _ version: String?) -> KeptAnswer? {
    fetchStamp.map {
      KeptAnswer(
        folder: aptFolder.appending("answers"), package: package,
        which: version == nil ? "candidate" : "all", stamp: $0)
    }
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
