import Diagnostics
import SystemPackage

extension DebianRepository {
  /// Fetches the indexes where there are none or they are older than a day, and an hour after a
  /// fetch of which a part failed. Offline it does nothing.
  ///
  /// One broken index stops nothing while others can be used: it is told as a warning. The same
  /// holds for a missing network where older indexes lie in the cache.
  public func refresh() async throws(PackageError) {
    if offline || isFresh { return }
    try await locked { () async throws(PackageError) in
      // Another run may have done it while this one waited.
      if isFresh { return }
      log(Diagnostic(.info, "fetching Debian's package indexes for \(architecture)"))
      // An index that is there already may stand for one that fails now.
      let outcome = try await apt(.get, ["update"])
      let failures = IndexFailure.list(outcome.output)
      guard hasIndex else { throw Self.error(failures, outcome, folder: cache) }
      if failures.isEmpty, !outcome.succeeded {
        log(Self.warning(notes: ["apt says: \(FetchFailure.redacted(outcome.errors))."]))
        return
      }
      if !failures.isEmpty {
        log(Self.warning(notes: failures.map { "\($0.name): \($0.failure.words)." }))
      }
      try CacheFile.replace(failures.map { $0.name + "\n" }.joined(), at: stamp)
    }
  }

  /// Whether apt has the index of any repository.
  var hasIndex: Bool {
    CacheFile.names(in: listsFolder).contains { $0.contains("_Packages") || $0 == "Packages" }
  }

  /// Indexes that the last fetch did not get.
  var brokenIndexes: [String] {
    let text = String(decoding: CacheFile.read(stamp) ?? [], as: UTF8.self)
    return text.split(separator: "\n").map { String($0) }
  }

  /// Makes the next `refresh()` fetch the indexes whatever their age.
  func forgetFreshness() { CacheFile.remove(stamp) }

  /// Tells one fetch of the indexes from another; nil where none is known to be whole.
  var fetchStamp: String? { CacheFile.modified(stamp) }

  private var stamp: FilePath { aptFolder.appending("refreshed") }

  private var isFresh: Bool {
    guard hasIndex, let age = CacheFile.age(of: stamp) else { return false }
    return (0..<(brokenIndexes.isEmpty ? Self.day : Self.hour)).contains(age)
  }

  private static func error(
    _ failures: [IndexFailure], _ outcome: AptOutcome, folder: FilePath
  ) -> PackageError {
    let failure = failures.first?.failure ?? FetchFailure(outcome.errors)
    return .indexNotFetched(failure ?? .other("no repository offers this architecture"), folder)
  }

  private static func warning(notes: [String]) -> Diagnostic {
    Diagnostic(
      .warning, "not every package index could be fetched", notes: notes,
      help: "The other indexes, and older copies, are used; run again later for the newest.")
  }

  private static let day = 24 * 60 * 60
  private static let hour = 60 * 60
}
