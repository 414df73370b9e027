import DeviceTreeLint
import Diagnostics

/// What the linter says of a tree that goes onto a card: an error ends the build, since the board
/// would hang without a word.
struct TreeJudgement {
  /// What may go wrong at the boot that is planned. Style, and what ordinary systems live with, is
  /// left to `ctboot lint`.
  let warnings: [Diagnostic]

  /// - Parameters:
  ///   - file: the tree's name on the card.
  ///   - entries: findings that the project accepts.
  init(
    _ tree: [UInt8], named file: String, accepting entries: [Acceptance.Entry],
    for target: LintTarget
  ) throws(BuildError) {
    var acceptance = Acceptance(entries: entries)
    let found = Linter(for: target, selection: Self.selection).lint(tree, file: file)
    let told = acceptance.divide(found, comments: [:]).told
    let errors = told.filter { $0.severity == .error }
    guard errors.isEmpty else { throw .faultyTree(file: file, errors) }
    let ofBoots = Set(RuleCatalogue.cards.filter { $0.context == .xen }.map(\.id))
    warnings = told.filter { $0.severity == .warning && ofBoots.contains($0.rule) }.map {
      Diagnostic(
        .warning, "\($0.place): \($0.message) [\($0.rule)]", notes: $0.notes, help: $0.help)
    }
  }

  /// All of ours; what dtc says of a tree was for its author to read.
  private static let selection = RuleSelection.standard.without(.dtc)
}
