public import Bytes
import Measures
public import SystemPackage

/// A regular file that is read where it is asked for: an image of many gigabytes of which a few
/// megabytes matter. What cannot be read any more reads as nothing.
public final class FileBytes: ByteSource {
  private let file: Descriptor
  public let size: UInt64

  public init(_ path: FilePath) throws(FileError) {
    size = try fileSize(path).rawValue
    file = try openForReading(path)
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
