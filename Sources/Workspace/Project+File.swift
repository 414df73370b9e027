import Files
import Measures
public import SystemPackage

extension Project {
  /// A project file is a few lines; anything larger is something else.
  private static let limit = ByteCount.mebibytes(1)

  /// Reads a project file.
  public init(contentsOf path: FilePath) throws {
    let folder = path.removingLastComponent()
    self = try Project(
      parsing: Self.bytes(of: path), file: path.string, folder: folder.isEmpty ? "." : folder)
  }

  private static func bytes(of path: FilePath) throws -> [UInt8] {
    do {
      return try readFile(path, limit: limit)
    } catch FileError.system(_, _, .noSuchFileOrDirectory, _) {
      throw ProjectError.noProject(path)
    }
  }
}
