import SystemPackage

/// The file that keeps a serial line, where one is wanted.
struct SerialLog: ~Copyable, Sendable {
  private let path: FilePath?
  private let descriptor: FileDescriptor?

  /// Makes the file, or empties an old one. Without a path nothing is kept.
  init(_ path: FilePath?) throws(EmulatorError) {
    self.path = path
    guard let path else {
      descriptor = nil
      return
    }
    do {
      // A pipe that nobody reads must not be waited for.
      descriptor = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .truncate, .closeOnExec, .nonBlocking],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw .file(path, error as? Errno ?? .ioError)
    }
  }

  deinit { try? descriptor?.close() }

  /// Writes at once, so that the file can be followed while the machine runs.
  func write(_ bytes: [UInt8]) throws(EmulatorError) {
    do {
      try descriptor?.writeAll(bytes)
    } catch {
      throw .file(path ?? "", error as? Errno ?? .ioError)
    }
  }
}
