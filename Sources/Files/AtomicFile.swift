import Glibc
public import Measures
public import SystemPackage

/// A file that appears under its name only when it is complete.
///
/// It is written next to its final place, as `.NAME.XXXXXX.part`, and renamed by `commit`. Until
/// then an earlier file of that name stays as it was; without `commit` the part is deleted.
///
/// The file is readable by all and writable by its owner (0644) whatever the umask says: it is
/// meant to be copied to a card or served to a board, often by another user.
///
///     var file = try AtomicFile(replacing: "out/card.img")
///     try file.write(header.span.bytes)
///     try file.commit()
public struct AtomicFile: ~Copyable {
  private let staged: StagedPath
  let descriptor: Descriptor
  /// Where the next plain `write` goes.
  private var position: Int = 0
  private var isHandedOver = false
  /// Who may read and write it, once it is complete.
  private let mode: mode_t

  /// Starts a file that will stand at `target`, whose folder must exist. A symbolic link is
  /// followed; whatever else is no regular file is not replaced.
  ///
  /// - Parameter keepingMode: the new file is readable and writable by whom the old one was, as an
  ///   edited file of somebody's has to be.
  public init(replacing target: FilePath, keepingMode: Bool = false) throws(FileError) {
    let old = keepingMode ? try status(of: target) : nil
    let mode = old.map { $0.st_mode & 0o777 } ?? 0o644
    while true {
      let staged = try StagedPath(for: target)
      do {
        descriptor = try Descriptor(
          opening: staged.part, shownAs: target, O_RDWR | O_CREAT | O_EXCL, mode: 0o600,
          for: .create)
        self.staged = staged
        self.mode = mode
        return
      } catch .system(_, _, .fileExists, _) {
        // Another process drew the same letters: draw again.
      }
    }
  }

  deinit {
    if !isHandedOver { staged.discard() }
  }

  /// Appends `bytes` to what plain writes have written so far.
  public mutating func write(_ bytes: RawSpan) throws(FileError) {
    try descriptor.write(bytes, at: position)
    position += bytes.byteCount
  }

  /// Writes `bytes` at `offset`, wherever plain writes have come to.
  public func write(_ bytes: RawSpan, at offset: ByteCount) throws(FileError) {
    try descriptor.write(bytes, at: Int(clamping: offset.rawValue))
  }

  /// Makes the file `size` long. What is added reads as zero and takes no space on the disk.
  public func resize(to size: ByteCount) throws(FileError) {
    let length = Int(clamping: size.rawValue)
    try retrying(.resize, descriptor.path, wanted: size) { ftruncate(descriptor.number, length) }
  }

  /// Puts the complete file in its place, and returns when the disk holds it.
  public consuming func commit() throws(FileError) {
    try complete()
    try staged.publish()
    isHandedOver = true
    try synchronizeFolder(staged.folder)
  }

  /// Writes a whole file at once, and never over one that is there.
  public static func create(_ bytes: [UInt8], at target: FilePath) throws(FileError) {
    var file = try AtomicFile(replacing: target)
    try file.write(bytes.span.bytes)
    try file.complete()
    try file.staged.publishNew()
    file.isHandedOver = true
    try synchronizeFolder(file.staged.folder)
  }

  /// Ends the writing without giving the file its name yet, and without waiting for the disk. From
  /// here on it is the caller's task to synchronize, and to publish or discard it.
  consuming func seal() throws(FileError) -> StagedPath {
    try makeReadable()
    isHandedOver = true
    return staged
  }

  private func complete() throws(FileError) {
    try makeReadable()
    try descriptor.synchronize()
  }

  private func makeReadable() throws(FileError) {
    try retrying(.create, descriptor.path) { fchmod(descriptor.number, mode) }
  }
}
