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
    var inside: [(name: [UInt8], kind: FileKind?)] = []
    do throws(FileError) {
      inside = try folderEntries(next)
    } catch {
      skipped(next, error)
    }
    for entry in inside {
      let name = String(decoding: entry.name, as: UTF8.self)
      let path = next.appending(name)
      switch entry.kind {
      case .folder: waiting.append(path)
      case .file where wanted(name): found.append(path)
      case nil where wanted(name):
        // A link, or a file system that does not say. Where a link leads to nothing, whoever reads it
        // is told.
        if !isFolder(path) { found.append(path) }
      case .some where wanted(name): found.append(path)
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
  try folderEntries(folder).map { String(decoding: $0.name, as: UTF8.self) }
}

/// Whether anything stands there, be it a link to nothing.
public func stands(_ path: FilePath) -> Bool {
  var status = stat()
  return path.withPlatformString { lstat($0, &status) } == 0
}

/// What lies in a folder, in no order; of what kind only where the folder itself says it, and it is a
/// file, a folder or nothing that one would read.
func folderEntries(_ folder: FilePath) throws(FileError) -> [(name: [UInt8], kind: FileKind?)] {
  guard let stream = folder.withPlatformString({ opendir($0) }) else {
    throw .system(.open, folder, Errno(rawValue: errno))
  }
  defer { closedir(stream) }
  var entries: [(name: [UInt8], kind: FileKind?)] = []
  while true {
    errno = 0
    guard let entry = readdir(stream) else {
      let code = Errno(rawValue: errno)
      guard code.rawValue == 0 else { throw .system(.read, folder, code) }
      return entries
    }
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      let start = UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)
      return [UInt8](UnsafeRawBufferPointer(start: start, count: strlen(start)))
    }
    if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
    let kind: FileKind? =
      switch Int(entry.pointee.d_type) {
      case DT_REG: .file
      case DT_DIR: .folder
      case DT_LNK, DT_UNKNOWN: nil
      default: .other
      }
    entries.append((name, kind))
  }
}
