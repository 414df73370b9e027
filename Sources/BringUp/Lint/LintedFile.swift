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
  init(
    _ path: FilePath, targets: LintTargets, scripts: ScriptTargets, compiler: TreeCompiler
  ) async {
    name = path.string
    do {
      if Self.isSource(name) {
        try await judgeSource(path, targets: targets, compiler: compiler)
      } else if name.hasSuffix(".dtsi") {
        findings = [
          Finding(
            OwnCards.noTree.id, .error, "a `.dtsi` is a part of trees, and no tree by itself",
            at: Finding.Place(file: name), help: "lint the `.dts` that includes it")
        ]
      } else if let kind = scripts.kind(of: name) {
        try judgeScript(path, kind: kind, scripts: scripts)
      } else {
        try judgeBlob(path, targets: targets)
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

  private mutating func judgeBlob(_ path: FilePath, targets: LintTargets) throws {
    // Only as much as the header promises; of what is no blob, only the beginning.
    let bytes = try readFile(path, limit: Self.limit) { start in
      // Whatever else is wrong with the header, its second word says how long the tree is.
      DeviceTree.isDeviceTree(start.span.bytes)
        ? start.bigEndianUInt32(at: 4).map { Int($0) } ?? start.count : start.count
    }
    let scan = FlatTree.scanning(bytes)
    findings = try targets.linter(for: scan.tree).lint(scan, file: name)
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
    _ path: FilePath, targets: LintTargets, compiler: TreeCompiler
  ) async throws {
    let compiled: CompiledTree
    switch await Self.compile(path, compiler) {
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
    let scan = FlatTree.scanning(compiled.bytes)
    findings = try targets.linter(for: scan.tree).lint(
      scan, file: name, isCompiled: true)
    if !compiled.isResolved {
      findings.removeAll(where: Self.needsReferences)
      findings.insert(Self.unresolved(name), at: 0)
    }
    for index in findings.indices { locate(&findings[index], compiled.positions) }
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

  /// As a value, since a pattern in a `catch` of this kind crashes Swift 6.3.1.
  private static func compile(
    _ path: FilePath, _ compiler: TreeCompiler
  ) async -> Result<CompiledTree, TreeCompilerError> {
    do {
      return .success(try await compiler.compile(file: path))
    } catch {
      return .failure(error)
    }
  }

  /// From node and property to file and line. Offsets in a blob that nobody has are left out.
  private func locate(_ finding: inout Finding, _ positions: SourceMap) {
    finding.place.offset = nil
    guard let node = finding.place.node,
      let range = positions.range(node: node, property: finding.place.property)
    else { return }
    finding.place.move(to: range)
    if let change = finding.fix?.change, let text = texts[range.file] {
      finding.fix?.edit = DTSEdit(file: range.file, text: text, map: positions)
        .textEdit(for: change)
    }
  }
}
