import Files
import Glibc
import Measures
import SystemPackage
import Testing

/// A folder under the system's temporary folder, removed with all that is in it.
final class Workbench {
  let folder: FilePath

  init() throws {
    var name = Array("/tmp/files-tests-XXXXXX\0".utf8CString)
    try #require(mkdtemp(&name) != nil, "cannot create a folder under /tmp")
    folder = FilePath(platformString: name)
  }

  deinit { Self.remove(folder) }

  subscript(name: String) -> FilePath { folder.appending(name) }

  /// Puts a file there without the code under test.
  @discardableResult
  func put(_ text: String, as name: String) throws -> FilePath {
    let path = self[name]
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try file.closeAfter { _ = try file.writeAll(text.utf8) }
    return path
  }

  func text(of name: String) throws -> String {
    String(decoding: try readFile(self[name], limit: .mebibytes(1)), as: UTF8.self)
  }

  /// The names in the folder, hidden ones included, sorted.
  var names: [String] { Self.names(in: folder) }

  static func names(in folder: FilePath) -> [String] {
    guard let stream = opendir(folder.string) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func mode(of path: FilePath) -> mode_t {
    var status = stat()
    return lstat(path.string, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  private static func remove(_ folder: FilePath) {
    for name in names(in: folder) {
      let path = folder.appending(name)
      if unlink(path.string) != 0 { remove(path) }
    }
    rmdir(folder.string)
  }
}

extension [UInt8] {
  init(_ text: String) { self.init(text.utf8) }
}
