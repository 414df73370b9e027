public import Bytes
import Glibc
import Measures
public import SystemPackage

/// A file or card that is read where it is asked for: an image of many gigabytes of which a few
/// megabytes matter. What cannot be read any more reads as nothing.
public final class FileBytes: ByteSource {
  private let file: Descriptor
  public let size: UInt64

  public init(_ path: FilePath) throws(FileError) {
    size = try fileSize(path).rawValue
    file = try openForReading(path)
  }

  /// An image, or a card in its reader: a regular file or a block device, opened for reading only.
  public init(disk path: FilePath) throws(FileError) {
    guard let status = try status(of: path) else {
      throw .system(.inspect, path, .noSuchFileOrDirectory)
    }
    let kind = FileKind(mode: status.st_mode)
    guard kind == .file || kind == .blockDevice else { throw .notFile(path, kind) }
    file = try Descriptor(
      opening: path, shownAs: path, O_RDONLY | O_NONBLOCK | O_NOCTTY, for: .open)
    size = try file.seekableSize().rawValue
  }

  public func read(_ count: Int, at offset: UInt64) -> [UInt8] {
    guard count > 0, offset < size, let start = Int(exactly: offset) else { return [] }
    let wanted = min(count, Int(clamping: size - offset))
    var bytes: [UInt8] = []
    while bytes.count < wanted {
      guard let more = try? file.read(upTo: wanted - bytes.count, at: start + bytes.count),
        !more.isEmpty
      else { break }
      if bytes.isEmpty { bytes = more } else { bytes += more }
    }
    return bytes
  }
}
