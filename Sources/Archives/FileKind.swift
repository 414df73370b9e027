import Glibc
import SystemPackage

/// Says in a few words what a file is that is not what it should be.
enum FileKind {
  /// Opens a file for reading. A folder, a pipe or a device is no archive; a pipe would even hang.
  static func openRegular(_ path: FilePath) throws(ArchiveError) -> FileDescriptor {
    let file: FileDescriptor
    do {
      file = try .open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw .cannotOpen(path, error as? Errno ?? .ioError)
    }
    var status = stat()
    guard fstat(file.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let folder = status.st_mode & S_IFMT == S_IFDIR
      try? file.close()
      throw .notAnArchive(path, found: folder ? "a folder" : "not a regular file")
    }
    return file
  }

  static func of(_ path: FilePath) -> String {
    guard let file = try? openRegular(path) else { return "a file that cannot be read" }
    defer { try? file.close() }
    let start = [UInt8](unsafeUninitializedCapacity: 512) { buffer, count in
      count = (try? file.read(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
    }
    return of(start: start)
  }

  static func of(start: [UInt8]) -> String {
    if start.isEmpty { return "an empty file" }
    if start.dropFirst(257).starts(with: "ustar".utf8) { return "a tar archive" }
    if let magic = magics.first(where: { start.starts(with: $0.bytes) }) { return magic.name }
    let text = String(decoding: start, as: UTF8.self).lowercased()
    if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return "a web page" }
    let isText = start.allSatisfy { $0 >= 0x20 && $0 < 0x7F || (0x09...0x0D).contains($0) }
    return isText ? "a text file" : "a file of a kind unknown here"
  }

  private static let magics: [(bytes: [UInt8], name: String)] = [
    (Array("!<arch>\n".utf8), "an ar archive"),
    ([0x1F, 0x8B], "a gzip file"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "an xz file"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file"),
    (Array("BZh".utf8), "a bzip2 file"),
    (Array("PK".utf8) + [3, 4], "a zip archive"),
    ([0x7F] + Array("ELF".utf8), "a program (ELF)"),
    ([0xED, 0xAB, 0xEE, 0xDB], "an RPM package"),
    (Array("070701".utf8), "a cpio archive"),
  ]
}
