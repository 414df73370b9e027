import Measures
public import SystemPackage

/// Several files that appear together: none gets its name before all of them are complete.
///
/// Each is written as an `AtomicFile` and added when it is complete. `commit` then renames them in
/// the order they were added; only a failing disk can stop it between two. Add the file that
/// vouches for the others, such as a manifest, last: where it is missing or old, so may the others
/// be. Without `commit` every earlier file stays as it was.
public struct AtomicFileSet: ~Copyable {
  private var waiting: [StagedPath] = []

  public init() {}

  deinit {
    for path in waiting { path.discard() }
  }

  /// Takes a complete file.
  public mutating func add(_ file: consuming AtomicFile) throws(FileError) {
    waiting.append(try file.seal())
  }

  /// Writes and takes a file of these bytes.
  public mutating func add(
    _ bytes: [UInt8], as target: FilePath, keepingMode: Bool = false
  ) throws(FileError) {
    var file = try AtomicFile(replacing: target, keepingMode: keepingMode)
    try file.write(bytes.span.bytes)
    try add(file)
  }

  /// Writes and takes a file of these bytes, unless it is there already, complete and as `AtomicFile`
  /// leaves it: to read it costs less than to write it and wait for the disk.
  public mutating func add(_ bytes: [UInt8], unlessIn target: FilePath) throws(FileError) {
    let size = ByteCount(bytes.count)
    if let stamp = try FileStamp.of(target, followingLinks: false), stamp.kind == .file,
      stamp.mode == 0o644, stamp.size == size.rawValue,
      let old = try? readFile(target, limit: size), old == bytes
    {
      return
    }
    try add(bytes, as: target)
  }

  /// Puts all files in their places, and returns when the disk holds them.
  ///
  /// - Parameter change: what else is to happen when all files are complete on the disk and none has
  ///   its name yet.
  public consuming func commit(
    after change: () throws(FileError) -> Void = {}
  ) throws(FileError) {
    // What can be known to fail is found before the first name changes.
    for path in waiting { _ = try StagedPath(for: path.target) }
    try synchronizeFiles(waiting)
    try change()

    var folders: Set<FilePath> = []
    while let path = waiting.first {
      // A power cut must not leave the last file in place without the others.
      if waiting.count == 1 { try synchronize(folders) }
      try path.publish()
      folders.insert(path.folder)
      waiting.removeFirst()
    }
    try synchronize(folders)
  }

  private func synchronize(_ folders: Set<FilePath>) throws(FileError) {
    for folder in folders { try synchronizeFolder(folder) }
  }
}
