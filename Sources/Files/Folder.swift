import Glibc
public import SystemPackage

/// Creates the folder and those above it, where they are missing.
public func ensureFolder(_ path: FilePath) throws(FileError) {
  if let status = try status(of: path) {
    let kind = FileKind(mode: status.st_mode)
    guard kind == .folder else { throw .notFolder(path, kind) }
    return
  }
  let parent = path.removingLastComponent()
  if !parent.isEmpty, parent != path { try ensureFolder(parent) }
  do {
    try retrying(.create, path) { path.withPlatformString { mkdir($0, 0o777) } }
  } catch .system(_, _, .fileExists, _) {
    // Somebody else was quicker, or it is a link to nothing.
    guard let status = try status(of: path) else {
      throw .system(.create, path, .fileExists)
    }
    let kind = FileKind(mode: status.st_mode)
    guard kind == .folder else { throw .notFolder(path, kind) }
  }
}

/// Waits until the disk knows the names in the folder, which a renaming alone does not ensure.
func synchronizeFolder(_ path: FilePath) throws(FileError) {
  let folder = try Descriptor(opening: path, shownAs: path, O_RDONLY | O_DIRECTORY, for: .open)
  do {
    try folder.synchronize()
  } catch .system(_, _, .invalidArgument, _), .system(_, _, .notSupported, _) {
    // Some network file systems have no such call; they keep names by themselves.
  }
}

extension FilePath {
  /// The folder that holds it.
  var parent: FilePath {
    let folder = removingLastComponent()
    return folder.isEmpty ? "." : folder
  }
}
