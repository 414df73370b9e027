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
    guard let start = try? start(of: path) else { return "a file that cannot be read" }
    return of(start: start)
  }

  /// The first bytes of a regular file, enough to know it by.
  static func start(of path: FilePath) throws(ArchiveError) -> [UInt8] {
    let file = try openRegular(path)
    defer { try? file.close() }
    return [UInt8](unsafeUninitializedCapacity: 2048) { buffer, count in
      count = (try? file.read(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
    }
  }

  static func of(start: [UInt8]) -> String {
    if start.isEmpty { return "an empty file" }
    if start.dropFirst(257).starts(with: "ustar".utf8) { return "a tar archive" }
    if let magic = magics.first(where: { start.starts(with: $0.bytes) }) { return magic.name }
    if start.dropFirst(1080).starts(with: [0x53, 0xEF]) { return "an ext4 file system" }
    if start.dropFirst(510).starts(with: [0x55, 0xAA]) { return "a disk image" }
    let text = String(decoding: start.prefix(512), as: UTF8.self).lowercased()
    if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return "a web page" }
    let isText = start.prefix(512).allSatisfy {
      $0 >= 0x20 && $0 < 0x7F || (0x09...0x0D).contains($0)
    }
    return isText ? "a text file" : "a file of a kind unknown here"
  }

  private static let magics: [(bytes: [UInt8], name: String)] = [
    (Array("!<arch>\n".utf8), "an ar archive"),
    ([0x1F, 0x8B], "a gzip file with something else in it"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "an xz file with something else in it"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file with something else in it"),
    (Array("BZh".utf8), "a bzip2 file with something else in it"),
    (Array("PK".utf8) + [3, 4], "a zip archive"),
    (Array("hsqs".utf8), "a SquashFS file system"),
    ([0x7F] + Array("ELF".utf8), "a program (ELF)"),
    ([0xED, 0xAB, 0xEE, 0xDB], "an RPM package"),
    (Array("070701".utf8), "a cpio archive"),
  ]
}
