import DeviceTreeLint
import Diagnostics
import Rulings

/// What the linter says of a tree that a board is to boot from.
struct TreeJudgement {
  /// With these the board would hang without a word.
  let errors: [Finding]
  /// What may go wrong at the boot that is planned. Style, and what ordinary systems live with, is
  /// left to `ctboot lint`.
  let warnings: [Diagnostic]

  /// - Parameters:
  ///   - file: what messages call the tree.
  ///   - entries: findings that the project accepts.
  init(
    _ tree: [UInt8], named file: String, accepting entries: [Acceptance.Entry] = [],
    for target: LintTarget
  ) {
    var acceptance = Acceptance(entries: entries, asked: RuleBook.all.usual, book: .all)
    let found = Linter(for: target, selection: Self.selection).lint(tree, file: file)
    let told = acceptance.divide(found, comments: [:]).told
    errors = told.filter { $0.severity == .error }
    let ofBoots = Set(RuleCatalogue.cards.filter { $0.context == .xen }.map(\.id))
    warnings =
      [target.xen.flatMap(LintTarget.remark)].compactMap(\.self)
      + told.filter { $0.severity == .warning && ofBoots.contains($0.rule) }.map(\.asWarning)
  }

  /// All of ours; what dtc says of a tree was for its author to read.
  private static let selection = RuleSelection.standard.without(.dtc)
}

extension Finding {
  /// Where, what and by which rule, for a note.
  var inOneLine: String { "\(place): \(message) [\(rule)]" }

  /// For somebody who goes on all the same.
  var asWarning: Diagnostic { Diagnostic(.warning, inOneLine, notes: notes, help: help) }
}
