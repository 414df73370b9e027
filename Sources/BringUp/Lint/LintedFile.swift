import BootScriptLint
import Bytes
import DeviceTree
import DeviceTreeLint
import Diagnostics
import Files
import Measures
import Rulings
import SystemPackage
import TreeCompiler
import TreeEditing
import TreeSource

/// One file, judged: what was found, and the sources that it was made of.
struct LintedFile: Sendable {
  let name: String
  var findings: [Finding] = []
  /// The sources, by the names that findings call them.
  var texts: [String: [UInt8]] = [:]
  /// Where everything stands in them.
  var positions: SourceMap?
  /// The comments in them that allow something.
  var allowances: [String: CommentAllowances] = [:]
  /// Whether it changes another tree and is none by itself.
  private(set) var isOverlay = false

  /// The names that are looked for in folders: trees, and scripts.
  static func isUsual(_ name: String) -> Bool {
    isSource(name) || ScriptKind.isUsual(name) || name.hasSuffix(".dtb") || name.hasSuffix(".dtbo")
  }

  static func isSource(_ name: String) -> Bool { name.hasSuffix(".dts") || name.hasSuffix(".dtso") }

  /// A tree is at most 2 GiB long, and nobody's is: what is larger is not even read.
  private static let limit = ByteCount.mebibytes(256)

  /// Something that could not be looked at.
  init(_ path: FilePath, unreadable error: FileError) {
    name = path.string
    findings = [Self.unreadable(name, error.diagnostic)]
  }

  private static func unreadable(_ file: String, _ diagnostic: Diagnostic) -> Finding {
    Finding(
      OwnCards.unreadableFile.id, .error, diagnostic.message, at: Finding.Place(file: file),
      notes: diagnostic.notes, help: diagnostic.help)
  }

  /// Judges one file, whatever it is.
  ///
  /// - Parameter base: what an overlay is laid over.
  init(
    _ path: FilePath, targets: LintTargets, scripts: ScriptTargets, compiler: TreeCompiler,
    base: OverlayBase?
  ) async {
    name = path.string
    do {
      if Self.isSource(name) {
        try await judgeSource(path, targets: targets, compiler: compiler, base: base)
      } else if name.hasSuffix(".dtsi") {
        findings = [
          Finding(
            OwnCards.noTree.id, .error, "a `.dtsi` is a part of trees, and no tree by itself",
            at: Finding.Place(file: name), help: "lint the `.dts` that includes it")
        ]
      } else if let kind = scripts.kind(of: name) {
        try judgeScript(path, kind: kind, scripts: scripts)
      } else {
        try judgeBlob(path, targets: targets, base: base)
      }
    } catch let error as any DiagnosticConvertible {
      findings = [Self.unreadable(name, error.diagnostic)]
    } catch {
      findings = [
        Finding(
          OwnCards.unreadableFile.id, .error, "\(error)", at: Finding.Place(file: name))
      ]
    }
  }

  private mutating func judgeBlob(
    _ path: FilePath, targets: LintTargets, base: OverlayBase?
  ) throws {
    // Only as much as the header promises; of what is no blob, only the beginning.
    let bytes = try readFile(path, limit: Self.limit) { start in
      // Whatever else is wrong with the header, its second word says how long the tree is.
      DeviceTree.isDeviceTree(start.span.bytes)
        ? start.bigEndianUInt32(at: 4).map { Int($0) } ?? start.count : start.count
    }
    _ = try judge(FlatTree.scanning(bytes), targets: targets, base: base)
  }

  /// - Returns: what of the base an overlay changes, where it could be laid over one.
  private mutating func judge(
    _ scan: FlatTree.Scan, isCompiled: Bool = false, targets: LintTargets, base: OverlayBase?
  ) throws -> OverlayTargets? {
    isOverlay = scan.tree?.isOverlay ?? false
    findings = try targets.linter(for: scan.tree).lint(scan, file: name, isCompiled: isCompiled)
    guard let tree = scan.tree, tree.isOverlay, let base else { return nil }
    let outcome = try base.judge(tree, form: findings, file: name, targets: targets)
    findings = outcome.findings
    return outcome.targets
  }

  private mutating func judgeScript(
    _ path: FilePath, kind: ScriptKind?, scripts: ScriptTargets
  ) throws {
    // Nobody's script is as long; U-Boot would have to hold it in memory.
    let bytes = try readFile(path, limit: .mebibytes(16))
    let judged = scripts.linter(for: path).lint(
      bytes, file: name, kind: kind ?? ScriptKind(bytes: bytes))
    findings = judged.findings
    texts[name] = judged.text
    if !judged.allowances.isEmpty { allowances[name] = judged.allowances }
  }

  private mutating func judgeSource(
    _ path: FilePath, targets: LintTargets, compiler: TreeCompiler, base: OverlayBase?
  ) async throws {
    let compiled: CompiledTree
    switch await CompiledSource.compile(path, compiler) {
    case .success(let made): compiled = made
    case .failure(.refused(let complaints)):
      findings = complaints
      for file in Set(complaints.map(\.place.file)) {
        texts[file] = try? readFile(FilePath(file), limit: .mebibytes(16))
      }
      return
    case .failure(let error): throw error
    }
    texts = compiled.texts
    let overlay = try judge(
      FlatTree.scanning(compiled.bytes), isCompiled: true, targets: targets, base: base)
    if !compiled.isResolved {
      findings.removeAll(where: Self.needsReferences)
      findings.insert(Self.unresolved(name), at: 0)
    }
    for index in findings.indices { locate(&findings[index], compiled.positions, overlay) }
    // The tree that it was laid over has its nodes in another order.
    if overlay != nil { findings.sort { ($0.place.line ?? 0) < ($1.place.line ?? 0) } }
    findings = compiled.messages + findings
    // Every source may hold comments for the linter, whether something was found in it or not.
    for (file, text) in texts {
      let comments = CommentAllowances(dts: String(decoding: text, as: UTF8.self))
      if !comments.isEmpty { allowances[file] = comments }
    }
    positions = compiled.positions
  }

  /// Rules that follow references: those that dtc left open would look like faults of the tree.
  private static func needsReferences(_ finding: Finding) -> Bool {
    guard let card = RuleCatalogue.cards.first(where: { $0.id == finding.rule }) else {
      return false
    }
    switch card.family {
    case .interrupts, .soc, .dtc: return true
    case .tree:
      return finding.place.property != "phandle" && finding.place.property != "linux,phandle"
        && ["phandle-valid", "phandle-args", "alias-target", "stdout-path"].contains(card.id)
    default: return false
    }
  }

  /// Whoever reads no more than the end must not take such a tree for a clean one.
  private static func unresolved(_ file: String) -> Finding {
    Finding(
      OwnCards.sourceSyntax.id, .error,
      "dtc leaves the references of this source open, since two nodes share a name or a phandle is wrong",
      at: Finding.Place(file: file),
      notes: ["rules about interrupts, and others that follow references, did not judge it"],
      help: "mend what `dtc \(file)` complains of, and lint it again")
  }

  /// From node and property to file and line. Offsets in a blob that nobody has are left out.
  ///
  /// - Parameter overlay: where the source has the nodes of the tree that it was laid over.
  private func locate(
    _ finding: inout Finding, _ positions: SourceMap, _ overlay: OverlayTargets?
  ) {
    finding.place.offset = nil
    guard let node = finding.place.node else { return }
    var source = node
    if let overlay {
      let known = overlay.sources(of: node).filter { !positions.places(of: $0).isEmpty }
      let holder = finding.place.property.flatMap { property in
        known.first { !positions.ranges(of: property, in: $0).isEmpty }
      }
      // What the overlay does not have, it has only brought to light.
      guard let place = holder ?? known.first else {
        finding.fix = nil
        return
      }
      source = place
      finding.fix?.change.move(from: node, to: source)
    }
    guard let range = positions.range(node: source, property: finding.place.property) else {
      return
    }
    finding.place.move(to: range)
    if let change = finding.fix?.change, let text = texts[range.file] {
      finding.fix?.edit = DTSEdit(file: range.file, text: text, map: positions)
        .textEdit(for: change)
    }
  }
}

extension Fix.Change {
  /// Where the node is called something else.
  fileprivate mutating func move(from node: String, to other: String) {
    switch self {
    case .set(node, let property, let value):
      self = .set(node: other, property: property, value: value)
    case .remove(node, let property): self = .remove(node: other, property: property)
    case .rename(node, let name): self = .rename(node: other, to: name)
    default: break
    }
  }
}
