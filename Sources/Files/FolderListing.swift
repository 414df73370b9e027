import Glibc
public import SystemPackage

/// The files below a folder, sorted by their paths: whatever is no folder, so that what cannot be read is
/// not passed over. Links to folders are not followed, since they can lead round.
///
/// - Parameters:
///   - wanted: told the name of each file, without its folder.
///   - skipped: told of each folder that cannot be read; the others are listed all the same.
public func listFiles(
  below folder: FilePath, where wanted: (String) -> Bool, skipped: (FilePath, FileError) -> Void
) -> [FilePath] {
  var found: [FilePath] = []
  var waiting = [folder]
  while let next = waiting.popLast() {
    var names: [(name: String, kind: FileKind?)] = []
    do throws(FileError) {
      names = try entries(of: next)
    } catch {
      skipped(next, error)
    }
    for entry in names {
      let path = next.appending(entry.name)
      switch entry.kind {
      case .folder: waiting.append(path)
      case .file where wanted(entry.name): found.append(path)
      case nil where wanted(entry.name):
        // A link, or a file system that does not say. Where a link leads to nothing, whoever reads it
        // is told.
        if !isFolder(path) { found.append(path) }
      case .some where wanted(entry.name): found.append(path)
      default: break
      }
    }
  }
  return found.map { (path: $0, text: $0.string) }.sorted { $0.text < $1.text }.map(\.path)
}

/// Whether a folder stands under the path; links are followed.
public func isFolder(_ path: FilePath) -> Bool {
  guard let status = try? status(of: path) else { return false }
  return FileKind(mode: status.st_mode) == .folder
}

/// The names of all that lies in a folder, in no order.
public func fileNames(in folder: FilePath) throws(FileError) -> [String] {
  try entries(of: folder).map(\.name)
}

/// Whether anything stands there, be it a link to nothing.
public func stands(_ path: FilePath) -> Bool {
  var status = stat()
  return path.withPlatformString { lstat($0, &status) } == 0
}

private func entries(
  of folder: FilePath
) throws(FileError) -> [(name: String, kind: FileKind?)] {
  guard let stream = folder.withPlatformString({ opendir($0) }) else {
    throw .system(.open, folder, Errno(rawValue: errno))
  }
  defer { closedir(stream) }
  var entries: [(name: String, kind: FileKind?)] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name == "." || name == ".." { continue }
    let kind: FileKind? =
      switch Int(entry.pointee.d_type) {
      case DT_REG: .file
      case DT_DIR: .folder
      case DT_LNK, DT_UNKNOWN: nil
      default: .other
      }
    entries.append((name, kind))
  }
  return entries
}
