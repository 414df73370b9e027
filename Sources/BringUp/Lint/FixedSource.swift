public import Diagnostics
import Files
public import SystemPackage
import TreeSource

/// A source that `--fix` has changed.
public struct FixedSource: Sendable, Hashable {
  public let file: FilePath
  /// The findings that were mended.
  public let findings: [Finding]

  /// Applies every safe fix of what is told, and writes all changed files together. What stands in
  /// several places, what a comment or a macro stands in, and what somebody has accepted is left as
  /// it is.
  static func applying(_ linted: [LintedFile], told: [[Finding]]) throws -> [FixedSource] {
    var outputs = AtomicFileSet()
    var fixed: [FixedSource] = []
    var changed: Set<String> = []
    for (file, told) in zip(linted, told) {
      guard let positions = file.positions else { continue }
      let safe = told.filter { $0.fix?.safety == .safe && $0.fix?.edit != nil }
      for (name, findings) in Dictionary(grouping: safe, by: \.place.file)
        .sorted(by: { $0.key < $1.key })
      {
        // A file is changed once in a run: the map is of the text before.
        guard let text = file.texts[name], changed.insert(name).inserted else { continue }
        let plain = findings.filter { $0.fix?.edit.map { isPlain($0, in: text) } ?? false }
        let outcome = DTSEdit(file: name, text: text, map: positions)
          .applying(plain.compactMap { $0.fix?.change })
        if outcome.applied.isEmpty { continue }
        let applied = Set(outcome.applied)
        try outputs.add(outcome.text, as: FilePath(name), keepingMode: true)
        fixed.append(
          FixedSource(
            file: FilePath(name),
            findings: plain.filter { $0.fix.map { applied.contains($0.change) } ?? false }))
      }
    }
    try outputs.commit()
    return fixed
  }

  /// Whether nothing that people wrote for people, a comment or a macro's name, goes with the edit.
  private static func isPlain(_ edit: TextEdit, in text: [UInt8]) -> Bool {
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard edit.line >= 1, edit.endLine <= lines.count, edit.line <= edit.endLine else {
      return false
    }
    var replaced = lines[(edit.line - 1)..<edit.endLine].map {
      String(decoding: $0, as: UTF8.self)
    }
    // The end first, since both can be of one line.
    if let last = replaced.last {
      replaced[replaced.count - 1] = String(
        String.UnicodeScalarView(last.unicodeScalars.prefix(edit.endColumn - 1)))
    }
    if let first = replaced.first {
      replaced[0] = String(
        String.UnicodeScalarView(first.unicodeScalars.dropFirst(edit.column - 1)))
    }
    let old = replaced.joined(separator: "\n")
    // Names that only a preprocessor knows are written large.
    let isNamed = old.contains(/\b[A-Z][A-Z0-9_]+\b/) && !old.contains("\"")
    return !old.contains("/*") && !old.contains("//") && !isNamed
  }
}
