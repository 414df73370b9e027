import Diagnostics
import SystemPackage
import TreeCompiler
import Workspace

// Trees and overlays of the user's, which may be sources.
extension InputGathering {
  /// The project's overlays, in its order.
  func overlays() async throws -> [Input] {
    var overlays: [Input] = []
    for path in project.inputs.overlays { overlays.append(try await treeInput(.overlay, path)) }
    return overlays
  }

  /// A blob as it is, or what a source compiles to.
  func treeInput(_ role: Input.Role, _ path: String) async throws -> Input {
    guard LintedFile.isSource(path) else { return try input(role, path) }
    // What cannot be read as a file is refused in the words for all inputs.
    _ = try input(role, path)
    let file = project.file(path)
    let source: CompiledSource
    do {
      source = try await CompiledSource(
        file, includePaths: project.inputs.includePaths.map(project.file),
        keepsLabels: !project.inputs.overlays.isEmpty)
    } catch let error as TreeFileError {
      switch error {
      case .refused(_, let findings):
        throw BuildError.brokenSource(role, file: path, findings)
      case .unresolved: throw BuildError.unresolvedSource(role, file: path)
      default: throw error
      }
    }
    return Input(
      role: role, bytes: source.bytes, origin: .path(path),
      sources: sources(source.texts, first: file.string))
  }

  /// The files that took part, by names that mean something beside the project file.
  private func sources(_ texts: [String: [UInt8]], first: String) -> [Input.Source] {
    let names = texts.keys.filter { $0 != first }.sorted()
    return ([first] + names).compactMap { name in
      texts[name].map { Input.Source(path: nameInProject(name), text: $0) }
    }
  }

  private func nameInProject(_ name: String) -> String {
    var path = FilePath(name)
    return path.removePrefix(project.folder) && !path.isEmpty ? path.string : name
  }
}
