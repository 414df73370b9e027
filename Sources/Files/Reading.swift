import Glibc
public import Measures
public import SystemPackage

/// The bytes of a regular file of at most `limit`.
///
/// A folder, pipe or device is refused rather than read, since that could wait for ever.
public func readFile(_ path: FilePath, limit: ByteCount) throws(FileError) -> [UInt8] {
  let file = try openForReading(path)
  let size = try file.regularFileSize()
  guard size <= limit else { throw .tooLarge(path, size: size, limit: limit) }

  // The length is only a hint: the file may grow meanwhile, and those in /proc say 0.
  var bytes = try file.read(upTo: max(1, Int(clamping: size.rawValue)), at: 0)
  while true {
    let piece = try file.read(upTo: 1 << 16, at: bytes.count)
    if piece.isEmpty { return bytes }
    bytes += piece
    let count = ByteCount(bytes.count)
    guard count <= limit else { throw .tooLarge(path, size: count, limit: limit) }
  }
}

/// The beginning of a regular file: as many bytes as its first 64 ask for.
///
/// - Parameter length: told the first bytes, tells how many there are to be in all; those behind the
///   end of the file are not missed.
public func readFile(
  _ path: FilePath, limit: ByteCount, length: ([UInt8]) -> Int
) throws(FileError) -> [UInt8] {
  let file = try openForReading(path)
  let size = try file.regularFileSize()
  let start = try file.read(upTo: 64, at: 0)
  let wanted = min(ByteCount(length(start)), size)
  guard wanted <= limit else { throw .tooLarge(path, size: wanted, limit: limit) }
  // To read the beginning again is cheaper than to move all that follows behind it.
  let count = Int(clamping: wanted.rawValue)
  return count > start.count ? try file.read(upTo: count, at: 0) : start
}

/// The length of a regular file.
public func fileSize(_ path: FilePath) throws(FileError) -> ByteCount {
  guard let status = try status(of: path) else {
    throw .system(.inspect, path, .noSuchFileOrDirectory)
  }
  let kind = FileKind(mode: status.st_mode)
  guard kind == .file else { throw .notFile(path, kind) }
  return ByteCount(Int(status.st_size))
}

/// Opens a regular file. Its kind is looked at before, since a device may act on being opened; and
/// a pipe that slips in between is not waited for.
func openForReading(_ path: FilePath) throws(FileError) -> Descriptor {
  _ = try fileSize(path)
  return try Descriptor(opening: path, shownAs: path, O_RDONLY | O_NONBLOCK | O_NOCTTY, for: .open)
}

/// Whether this process may run the file as a program.
public func isExecutable(_ path: FilePath) -> Bool {
  guard let status = try? status(of: path), FileKind(mode: status.st_mode) == .file else {
    return false
  }
  return path.withPlatformString { access($0, X_OK) } == 0
}
