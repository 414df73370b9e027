/// A small tree, and how often each of dtc's checks speaks of it.
struct DTCFixture: Sendable {
  /// What the tree shows.
  let name: String
  /// DTS, without `/dts-v1/;`.
  let source: String
  /// What dtc 1.8.1 counts, and we. A check that is not named says nothing. Those that are off
  /// unless asked for are on where one of them is named.
  let counts: [String: Int]
  /// What older releases count instead.
  let older: [Older]

  struct Older: Sendable {
    /// The first release that counts as we do.
    let before: DTCVersion
    let counts: [String: Int]
  }

  init(
    _ name: String, _ source: String, _ counts: [String: Int] = [:], older: [Older] = []
  ) {
    self.name = name
    self.source = source
    self.counts = counts
    self.older = older
  }

  /// What dtc of a version counts.
  func counts(of version: DTCVersion) -> [String: Int] {
    older.filter { version < $0.before }.reduce(counts) { counts, older in
      counts.merging(older.counts) { $1 }
    }.filter { $0.value > 0 }
  }

  var needsOptional: Bool { counts.keys.contains(where: DTCChecks.optional.contains) }

  static let all: [DTCFixture] = names
}
