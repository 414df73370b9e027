import Diagnostics
import Files
import SystemPackage
import TreeCompiler

/// A tree's source, compiled to be used: what `ctboot lint` would only tell is a reason to refuse it.
struct CompiledSource {
  let bytes: [UInt8]
  /// The files that took part, by the names that dtc has for them.
  let texts: [String: [UInt8]]

  /// - Parameters:
  ///   - includePaths: where files are looked for after the source's own folder; each has to be there.
  ///   - keepsLabels: whether overlays can be laid over the tree (`dtc -@`).
  init(_ path: FilePath, includePaths: [FilePath], keepsLabels: Bool = false) async throws {
    try Self.check(includePaths)
    let compiler = TreeCompiler(includePaths: includePaths, keepsLabels: keepsLabels)
    let tree: CompiledTree
    switch await Self.compile(path, compiler) {
    case .success(let made): tree = made
    case .failure(.refused(let complaints)): throw TreeFileError.refused(path.string, complaints)
    case .failure(let error): throw error
    }
    // With `-f` dtc goes on where it would have given up.
    let errors = tree.messages.filter { $0.severity == .error }
    guard errors.isEmpty else { throw TreeFileError.refused(path.string, errors) }
    guard tree.isResolved else { throw TreeFileError.unresolved(path.string) }
    bytes = tree.bytes
    texts = tree.texts
  }

  /// A folder that is not there is most likely a name that somebody has mistyped; cpp and dtc would
  /// pass over it without a word.
  static func check(_ includePaths: [FilePath]) throws(LintError) {
    for path in includePaths where !isFolder(path) { throw .noIncludeFolder(path) }
  }

  /// As a value, since a pattern in a `catch` of this kind crashes Swift 6.3.1.
  static func compile(
    _ path: FilePath, _ compiler: TreeCompiler
  ) async -> Result<CompiledTree, TreeCompilerError> {
    do {
      return .success(try await compiler.compile(file: path))
    } catch {
      return .failure(error)
    }
  }
}
