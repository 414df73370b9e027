import BootScriptLint
import Bytes
import Diagnostics

/// What can be said of a card's scripts where their boot cannot be played, since nobody knows the
/// board: whether the partitions and files are there that they load.
enum UnplayedScripts {
  private static let rules: Set<RuleID> = ["script-missing-file", "script-missing-partition"]

  static func findings(
    _ scripts: [InspectedScript], of files: [InspectedFile], on card: any ByteSource
  ) -> [Diagnostic] {
    guard !scripts.isEmpty else { return [] }
    var target = ScriptTarget()
    target.image = ScriptImage(card)
    let linter = ScriptLinter(for: target, rules: rules)
    let paths = Set(scripts.map(\.path))
    return files.filter { paths.contains($0.path) }.flatMap { file in
      let kind = ScriptKind(name: file.path) ?? ScriptKind(bytes: file.bytes)
      return linter.lint(file.bytes, file: file.path, kind: kind).findings.map { finding in
        Diagnostic(finding.severity, finding.inOneLine, notes: finding.notes, help: finding.help)
      }
    }
  }
}
