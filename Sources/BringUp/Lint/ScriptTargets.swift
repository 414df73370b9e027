import Boards
import BootScriptLint
import Bytes
import Diagnostics
import Files
import Measures
import Rulings
import SystemPackage
import Workspace

/// The linter for each script: by the board, the card and the project, which are the same for all, and
/// by the files that lie beside the script.
struct ScriptTargets: Sendable {
  private let base: ScriptTarget
  private let rules: Set<RuleID>
  private let takesAll: Bool

  /// - Parameter request: an image that it names is looked into at once.
  private init(_ request: LintRequest, project: Project?, data: DataFiles) throws {
    var target = ScriptTarget()
    if let name = request.board ?? project?.board {
      let catalogue = try data.boards()
      let board = try catalogue.board(named: name)
      target = ScriptTarget(soc: try catalogue.soc(of: board), board: board)
    }
    if project?.flow == .legacy { target.makeLegacy() }
    if let project { target.isForXen = project.flow.hasXen }
    if request.xen != nil { target.isForXen = true }
    if let image = request.image { target.image = try ScriptImage(FileBytes(image)) }
    base = target
    rules = request.rules
    takesAll = request.takesScripts
  }

  /// For a run without scripts, which need not learn about boards.
  private init(rules: Set<RuleID>) {
    base = ScriptTarget()
    self.rules = rules
    takesAll = false
  }

  /// - Parameter files: what is looked at; where no script is among them nothing is read.
  static func targets(
    _ request: LintRequest, for files: [FilePath], project: Project?, data: DataFiles
  ) throws -> ScriptTargets {
    guard request.takesScripts || files.contains(where: { ScriptKind(name: $0.string) != nil })
    else {
      return ScriptTargets(rules: request.rules)
    }
    return try ScriptTargets(request, project: project, data: data)
  }

  /// Whether a file of that name is a script, and of which kind; the inner nil where only what is in
  /// it can tell.
  func kind(of name: String) -> ScriptKind?? {
    if let kind = ScriptKind(name: name) { return .some(kind) }
    return takesAll ? .some(nil) : .none
  }

  func linter(for path: FilePath) -> ScriptLinter {
    var target = base
    target.siblings = Self.siblings(of: path)
    return ScriptLinter(for: target, rules: rules)
  }

  /// The files beside a script that its rules ask for. Of texts, what they say.
  private static func siblings(of path: FilePath) -> [String: [UInt8]] {
    let folder = path.removingLastComponent()
    let stem = path.lastComponent?.string.prefix { $0 != "." } ?? ""
    var found: [String: [UInt8]] = [:]
    for name in ["\(stem).cmd", "boot.cmd", "boot.scr.uimg", "extlinux/extlinux.conf"] {
      let file = folder.appending(
        name.split(separator: "/").map { FilePath.Component(stringLiteral: String($0)) })
      guard file != path, let size = try? fileSize(file), size <= .mebibytes(16) else { continue }
      found[name] = name.hasSuffix(".cmd") ? (try? readFile(file, limit: .mebibytes(16))) ?? [] : []
    }
    return found
  }
}
