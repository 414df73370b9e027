public import Diagnostics
import Files
public import SystemPackage
import TreeSource

/// A source that `--fix` has changed.
public struct FixedSource: Sendable, Hashable {
  public let file: FilePath
  /// The rules whose findings were mended, each as often as it was.
  public let rules: [RuleID]

  /// Applies every safe fix, and writes all changed files together. What stands in several places,
  /// or in a file that two trees share and read differently, is left as it is.
  static func applying(_ linted: [LintedFile]) throws -> [FixedSource] {
    var outputs = AtomicFileSet()
    var fixed: [FixedSource] = []
    var changed: Set<String> = []
    for file in linted {
      guard let positions = file.positions else { continue }
      let safe = file.findings.filter { $0.fix?.safety == .safe && $0.place.line != nil }
      for (name, findings) in Dictionary(grouping: safe, by: \.place.file)
        .sorted(by: { $0.key < $1.key })
      {
        // A file is changed once in a run: the map is of the text before.
        guard let text = file.texts[name], changed.insert(name).inserted else { continue }
        let outcome = DTSEdit(file: name, text: text, map: positions)
          .applying(findings.compactMap { $0.fix?.change })
        if outcome.applied.isEmpty { continue }
        let applied = Set(outcome.applied)
        try outputs.add(outcome.text, as: FilePath(name))
        fixed.append(
          FixedSource(
            file: FilePath(name),
            rules: findings.filter { $0.fix.map { applied.contains($0.change) } ?? false }
              .map(\.rule)))
      }
    }
    try outputs.commit()
    return fixed
  }
}
