import DeviceTree
import DeviceTreeLint
import Diagnostics
import Files
import Measures
import Rulings
import SystemPackage
import TreeEditing

/// The tree that overlays are laid over, each by itself, to be judged by what becomes of it.
///
/// ```
/// base ────────────────► findings of the base alone ─┐ taken away
/// base + overlay ──────► findings of both ───────────┴─► told of the overlay
/// ```
struct OverlayBase: Sendable {
  /// What makes two findings the same, whichever file they are told of.
  private struct Key: Hashable {
    let rule: RuleID
    let node: String?
    let property: String?
    let message: String

    init(_ finding: Finding) {
      rule = finding.rule
      node = finding.place.node
      property = finding.place.property
      message = finding.message
    }
  }

  private let name: String
  private let bytes: [UInt8]
  private let ofBase: [Key: Int]

  /// Reads the tree, be it a blob or a source, and judges it.
  init(_ path: FilePath, includePaths: [FilePath], targets: LintTargets) async throws {
    name = path.string
    bytes =
      LintedFile.isSource(name)
      ? try await CompiledSource(path, includePaths: includePaths, keepsLabels: true).bytes
      : try readFile(path, limit: .mebibytes(256))
    let scan = FlatTree.scanning(bytes)
    if let fault = scan.faults.first(where: { !$0.isRemark }) {
      throw LintError.badBase(path, fault)
    }
    ofBase = Self.counts(
      try targets.linter(for: scan.tree).lint(scan, file: name, isCompiled: true))
  }

  private static func counts(_ findings: [Finding]) -> [Key: Int] {
    findings.reduce(into: [:]) { $0[Key($1), default: 0] += 1 }
  }

  /// What is to be said of an overlay, and where it has the nodes that are spoken of.
  ///
  /// - Parameter form: what was found in the overlay by itself. dtc's checks among that look at what
  ///   is only a part of a tree; they are asked again of the whole.
  func judge(
    _ overlay: FlatTree, form: [Finding], file: String, targets: LintTargets
  ) throws -> (findings: [Finding], targets: OverlayTargets?) {
    let ofForm = form.filter { finding in
      RuleCatalogue.cards.contains { $0.id == finding.rule && $0.family == .structure }
    }
    if ofForm.contains(where: { $0.severity == .error }) { return (ofForm, nil) }
    let merged: [UInt8]
    do throws(TreeEditError) {
      merged = try EditableTree.merged(overlay.bytes, onto: bytes)
    } catch {
      return (ofForm + [refusal(error, file)], nil)
    }
    let scan = FlatTree.scanning(merged)
    var known = ofBase
    let new = try targets.linter(for: scan.tree).lint(scan, file: file, isCompiled: true).filter {
      finding in
      // What libfdt leaves behind a value that has become shorter is nobody's mistake.
      if finding.rule == "fdt-token-valid", finding.severity < .error { return false }
      let key = Key(finding)
      guard let count = known[key], count > 0 else { return true }
      known[key] = count - 1
      return false
    }.map { finding in
      var finding = finding
      // Of a blob that nobody has.
      finding.place.offset = nil
      return finding
    }
    let part = overlay.bytes
    guard let part = try? DeviceTree(parsing: part.span.bytes),
      let whole = try? DeviceTree(parsing: merged.span.bytes)
    else { return (ofForm + new, nil) }
    return (ofForm + new, OverlayTargets(of: part, in: whole))
  }

  private func refusal(_ error: TreeEditError, _ file: String) -> Finding {
    let words = error.diagnostic
    return Finding(
      OwnCards.refusedOverlay.id, OwnCards.refusedOverlay.severity,
      "it cannot be laid over \(name): \(words.message)", at: Finding.Place(file: file),
      notes: words.notes, help: words.help)
  }
}
