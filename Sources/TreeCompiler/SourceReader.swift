import Glibc
import Measures
import SystemPackage

/// Reads regular files of source text. Anything else is refused, since reading it could wait for
/// ever.
enum SourceReader {
  /// Linux's largest source, with all that it includes, has 0.3 MB.
  static let limit = ByteCount(16 << 20)

  static func read(_ path: FilePath) throws(TreeCompilerError) -> [UInt8] {
    let descriptor: FileDescriptor
    do {
      // A pipe that nobody writes to would be waited for while it is opened.
      descriptor = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
    } catch {
      throw .cannotRead(path, error as? Errno ?? .ioError)
    }
    defer { try? descriptor.close() }
    var status = stat()
    guard fstat(descriptor.rawValue, &status) == 0 else {
      throw .cannotRead(path, Errno(rawValue: errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notFile(path) }
    var bytes: [UInt8] = []
    while true {
      let piece: [UInt8]
      do {
        piece = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
          count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
      } catch {
        throw .cannotRead(path, error as? Errno ?? .ioError)
      }
      if piece.isEmpty { return bytes }
      bytes += piece
      guard ByteCount(bytes.count) <= limit else { throw .tooLarge(path, limit: limit) }
    }
  }

  /// What the files hold, as far as they can be read; those that took part in a compilation, so
  /// that there is an end to their number and size.
  static func texts(of names: [String], besides known: [String: [UInt8]]) -> [String: [UInt8]] {
    var texts = known
    var left = 4 * Int(clamping: limit.rawValue)
    for name in names.prefix(1000) where texts[name] == nil && left > 0 {
      guard let text = try? read(FilePath(name)) else { continue }
      texts[name] = text
      left -= text.count
    }
    return texts
  }
}
