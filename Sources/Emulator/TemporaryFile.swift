import Glibc
import SystemPackage

/// A file of our own under the system's temporary folder, removed with this value.
struct TemporaryFile: ~Copyable {
  let path: FilePath

  /// Makes an empty file that only we may read. Its name is random and it must not exist yet, so
  /// nobody else can have laid a link there.
  init(suffix: String) throws(EmulatorError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let name = "ctboot-" + String(UInt64.random(in: .min ... .max), radix: 36) + suffix
    path = FilePath(folder.isEmpty ? "/tmp" : folder).appending(name)
    do {
      try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .ownerReadWrite
      ).close()
    } catch {
      throw .file(path, error as? Errno ?? .ioError)
    }
  }

  deinit { _ = unlink(path.string) }

  func contents() throws(EmulatorError) -> [UInt8] {
    do {
      let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
      return try descriptor.closeAfter { try descriptor.bytesToEnd() }
    } catch {
      throw .file(path, error as? Errno ?? .ioError)
    }
  }
}
