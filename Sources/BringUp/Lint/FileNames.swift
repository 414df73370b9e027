import Foundation
import SystemPackage

/// Names of files as seen from one folder: `./a.dts`, `x/../a.dts` and the absolute path are one.
struct FileNames: Sendable {
  private let folder: FilePath

  init(relativeTo folder: FilePath) { self.folder = Self.absolute(folder) }

  /// Without `..` where the file lies below the folder, else absolute.
  func name(_ file: String) -> String {
    let path = Self.absolute(FilePath(file))
    var rest = path
    return rest.removePrefix(folder) ? rest.string : path.string
  }

  private static func absolute(_ path: FilePath) -> FilePath {
    FilePath(FileManager.default.currentDirectoryPath).pushing(path).lexicallyNormalized()
  }
}
