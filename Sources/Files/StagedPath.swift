import Glibc
import SystemPackage

/// Where a file is written, and where it will stand: two names in one folder, since a file cannot
/// be renamed from one disk to another.
struct StagedPath: Sendable {
  /// Longest name that Linux file systems take, in bytes.
  private static let nameLimit = 255

  let part: FilePath
  let target: FilePath

  /// Draws a name for the part of `target`.
  init(for target: FilePath) throws(FileError) {
    self.target = try Self.resolve(target)
    guard let name = self.target.lastComponent else { throw .notFile(target, .folder) }
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    let drawn = String((0..<6).map { _ in letters[Int.random(in: letters.indices)] })
    let suffix = ".\(drawn).part"
    var prefix = ".\(name.string)"
    while prefix.utf8.count + suffix.utf8.count > Self.nameLimit { prefix.removeLast() }
    part = self.target.removingLastComponent().appending(prefix + suffix)
  }

  /// The folder that holds both.
  var folder: FilePath { target.parent }

  /// Gives the part its final name, in place of an earlier file.
  func publish() throws(FileError) {
    try retrying(.replace, target) {
      part.withPlatformString { part in
        target.withPlatformString { rename(part, $0) }
      }
    }
  }

  /// Gives the part its final name where that is free.
  func publishNew() throws(FileError) {
    do {
      try retrying(.create, target) {
        part.withPlatformString { part in
          target.withPlatformString { link(part, $0) }
        }
      }
    } catch .system(_, _, .fileExists, _) {
      throw .exists(target)
    }
    discard()
  }

  /// Deletes the part. Failing is of no consequence here: the error that led here is the one to
  /// tell.
  func discard() {
    _ = part.withPlatformString { unlink($0) }
  }

  /// Checks that `target` is free or a regular file, and follows it where it is a symbolic link:
  /// renaming would put the file in the link's place otherwise.
  private static func resolve(_ target: FilePath) throws(FileError) -> FilePath {
    var status = stat()
    do {
      try retrying(.inspect, target) { target.withPlatformString { lstat($0, &status) } }
    } catch .system(_, _, .noSuchFileOrDirectory, _) {
      return target
    }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    let resolved = isLink ? try realPath(target) : target
    _ = try fileSize(resolved)
    return resolved
  }

  private static func realPath(_ path: FilePath) throws(FileError) -> FilePath {
    guard let name = path.withPlatformString({ realpath($0, nil) }) else {
      throw .system(.replace, path, Errno(rawValue: errno))
    }
    defer { free(name) }
    return FilePath(platformString: name)
  }
}
