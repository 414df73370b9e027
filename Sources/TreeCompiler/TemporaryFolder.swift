import Glibc
import SystemPackage

/// A folder of our own for one file, removed with this value.
///
/// dtc looks for included files beside the one that it reads, so nothing else may lie there.
struct TemporaryFolder: ~Copyable {
  private let path: FilePath
  private var file: FilePath { path.appending("source.dts") }

  /// The system's temporary folder.
  static var usualParent: FilePath {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return FilePath(parent.isEmpty ? "/tmp" : parent)
  }

  init(below parent: FilePath) throws(TreeCompilerError) {
    path = parent.appending("ctboot-" + String(UInt64.random(in: .min ... .max), radix: 36))
    // It must not exist yet, so nobody else can have laid a link there.
    guard mkdir(path.string, 0o700) == 0 else { throw .temporary(path, Errno(rawValue: errno)) }
  }

  deinit {
    _ = unlink(file.string)
    _ = rmdir(path.string)
  }

  /// Writes the file and tells its path.
  func write(_ bytes: [UInt8]) throws(TreeCompilerError) -> FilePath {
    do {
      let descriptor = try FileDescriptor.open(
        file, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .ownerReadWrite)
      _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
    } catch {
      throw .temporary(file, error as? Errno ?? .ioError)
    }
    return file
  }
}
