import Testing

/// A small tree, and how often each of dtc's checks speaks of it.
struct DTCFixture: Sendable {
  /// What the tree shows.
  let name: String
  /// DTS, without `/dts-v1/;`.
  let source: String
  /// What we count, and dtc 1.8.1 up to the first error. A check that is not named says nothing.
  /// Those that are off unless asked for are all on where one of them is named.
  let counts: [String: Int]
  /// What dtc counts instead.
  let others: [Other]

  /// What releases before one count instead.
  struct Other: Sendable {
    let version: DTCVersion
    let counts: [String: Int]

    static func before(_ major: Int, _ minor: Int, _ patch: Int, _ counts: [String: Int]) -> Other {
      Other(version: DTCVersion(major, minor, patch), counts: counts)
    }

    /// No release counts as we do.
    static func everywhere(_ counts: [String: Int]) -> Other { before(.max, 0, 0, counts) }
  }

  init(_ name: String, _ source: String, _ counts: [String: Int] = [:], dtc others: Other...) {
    self.name = name
    self.source = source
    self.counts = counts
    self.others = others
  }

  /// What dtc of a version counts.
  func counts(of version: DTCVersion) -> [String: Int] {
    others.filter { version < $0.version }.reduce(counts) { counts, other in
      counts.merging(other.counts) { $1 }
    }.filter { $0.value > 0 }
  }

  var needsOptional: Bool { counts.keys.contains(where: DTCChecks.optional.contains) }

  static let all: [DTCFixture] =
    names + numbers + unitAddresses + buses + links + interrupts + chosen
}

extension DTCFixture: CustomTestStringConvertible {
  var testDescription: String { name }
}
