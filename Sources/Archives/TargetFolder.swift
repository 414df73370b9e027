import Glibc
import SystemPackage

/// A folder that files are written into and never out of. Every folder below it is opened one
/// component at a time without following links, so a link that lies in wait there is refused too.
struct TargetFolder: ~Copyable {
  private let root: FileDescriptor
  private let path: FilePath

  /// Makes the folder where it is missing.
  init(_ path: FilePath) throws(ArchiveError) {
    self.path = path
    mkdir(path.string, 0o755)
    do {
      self.root = try .open(path, .readOnly, options: [.directory, .closeOnExec])
    } catch {
      throw .cannotWrite(path, error as? Errno ?? .ioError)
    }
  }

  deinit { try? root.close() }

  func path(of member: MemberPath) -> FilePath {
    path(below: member.components)
  }

  /// One conversion for the whole path: FilePath checks all of itself after each append.
  private func path(below components: some Sequence<String>) -> FilePath {
    FilePath(path.string + "/" + components.joined(separator: "/"))
  }

  /// Starts a file that takes its name only when it is committed.
  func create(_ member: MemberPath, executable: Bool) throws(ArchiveError) -> PendingFile {
    let folder = try open(member.components.dropLast())
    guard let name = member.components.last else { throw .cannotWrite(path, .invalidArgument) }
    return try PendingFile(
      folder: folder, name: name, path: path(of: member), mode: executable ? 0o755 : 0o644)
  }

  /// Writes a second copy of a file that was committed before.
  func copy(_ from: MemberPath, to member: MemberPath) throws(ArchiveError) {
    let source: FileDescriptor
    do {
      source = try .open(path(of: from), .readOnly, options: [.noFollow, .closeOnExec])
    } catch {
      throw .cannotWrite(path(of: from), error as? Errno ?? .ioError)
    }
    defer { try? source.close() }
    var status = stat()
    let executable = fstat(source.rawValue, &status) == 0 && status.st_mode & 0o111 != 0
    let file = try create(member, executable: executable)
    var buffer = [UInt8](repeating: 0, count: ArchiveReader.blockSize)
    do {
      while case let count = try buffer.withUnsafeMutableBytes({ try source.read(into: $0) }),
        count > 0
      {
        try file.descriptor.writeAll(buffer[..<count])
      }
    } catch {
      throw .cannotWrite(path(of: member), error as? Errno ?? .ioError)
    }
    try file.commit()
  }

  private func open(_ folders: ArraySlice<String>) throws(ArchiveError) -> FileDescriptor {
    var current = fcntl(root.rawValue, F_DUPFD_CLOEXEC, 0)
    guard current >= 0 else { throw .cannotWrite(path, Errno(rawValue: errno)) }
    for (index, folder) in zip(folders.indices, folders) {
      mkdirat(current, folder, 0o755)
      let next = openat(current, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      let failure = Errno(rawValue: errno)
      close(current)
      guard next >= 0 else { throw .cannotWrite(path(below: folders[...index]), failure) }
      current = next
    }
    return FileDescriptor(rawValue: current)
  }
}
