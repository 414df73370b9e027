public import DeviceTree
public import Diagnostics
import Files
import Measures
public import SystemPackage

/// A tree that a user names, be it a blob or a source.
public struct TreeFile: Sendable {
  public let name: String
  public let tree: DeviceTree

  /// Reads a blob, or compiles a source.
  public init(_ path: FilePath, includePaths: [FilePath] = []) async throws {
    name = path.string
    let bytes =
      LintedFile.isSource(name)
      ? try await CompiledSource(path, includePaths: includePaths).bytes
      : try readFile(path, limit: .mebibytes(256))
    tree = try Self.parsed(bytes, name)
  }

  private static func parsed(_ bytes: [UInt8], _ name: String) throws(TreeFileError) -> DeviceTree {
    do {
      return try DeviceTree(parsing: bytes.span.bytes)
    } catch {
      throw .broken(name, error)
    }
  }

  /// The node at a path, for a person who may have mistyped it.
  public func node(at path: String) throws(TreeFileError) -> Node {
    guard path.hasPrefix("/") || path.isEmpty else { throw .relativePath(path) }
    if let node = tree.node(at: path) { return node }
    var known = "/"
    var node = tree.root
    for part in path.split(separator: "/") {
      guard let next = tree.node(at: known + "/" + part) else { break }
      known += (known == "/" ? "" : "/") + next.name
      node = next
    }
    let missing = path.split(separator: "/").dropFirst(known.split(separator: "/").count).first
    throw .noNode(
      path, in: name, reached: known,
      nearest: missing.flatMap {
        Spelling.nearest(to: String($0), among: node.children.map(\.name))
      })
  }

  /// A property of the node at a path.
  public func property(_ name: String, of path: String) throws(TreeFileError) -> Property {
    let node = try node(at: path)
    if let property = node.property(name) { return property }
    throw .noProperty(
      name, of: path, in: self.name,
      nearest: Spelling.nearest(to: name, among: node.properties.map(\.name)))
  }
}

/// Why a tree, or a part of it, cannot be shown.
public enum TreeFileError: Error, Sendable, Hashable {
  case broken(String, DeviceTreeError)
  case refused(String, [Finding])
  /// dtc leaves the references of the source open.
  case unresolved(String)
  case relativePath(String)
  /// `reached` is how far the path leads.
  case noNode(String, in: String, reached: String, nearest: String?)
  case noProperty(String, of: String, in: String, nearest: String?)
}

extension TreeFileError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .broken(let file, let error):
      Diagnostic(
        .error, "\(file): \(error.diagnostic.message)",
        help: "`ctboot lint \(file)` tells all that is wrong with it")
    case .refused(let file, let complaints):
      Diagnostic(
        .error, "\(file) cannot be compiled",
        notes: complaints.prefix(8).map { "\($0.place): \($0.message)" },
        help: "mend the source; `ctboot lint \(file)` shows the lines")
    case .unresolved(let file):
      Diagnostic(
        .error, "\(file) cannot be compiled",
        notes: ["two nodes share a name or a phandle is wrong, so that references stay open"],
        help: "mend the source; `ctboot lint \(file)` shows the lines")
    case .relativePath(let path):
      Diagnostic(
        .error, "`\(path)` is no path of a node", help: "begin at the root: `/\(path)`")
    case .noNode(let path, let file, let reached, let nearest):
      Diagnostic(
        .error, "there is no node \(path) in \(file)", notes: ["\(reached) is there"],
        help: nearest.map { "did you mean `\(reached == "/" ? "" : reached)/\($0)`?" }
          ?? "`ctboot tree show \(file) \(reached)` shows what is there")
    case .noProperty(let name, let path, let file, let nearest):
      Diagnostic(
        .error, "\(path) of \(file) has no property `\(name)`",
        help: nearest.map { "did you mean `\($0)`?" }
          ?? "`ctboot tree get \(file) \(path)` lists them")
    }
  }
}
