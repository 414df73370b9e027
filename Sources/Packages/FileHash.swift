import Bytes
import Crypto
import Glibc
import SystemPackage

/// SHA-256 of files.
enum FileHash {
  /// Whether it is what `sha256(of:)` gives, of whatever file.
  static func isSHA256(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// As 64 lower-case hexadecimal digits.
  static func sha256(of path: FilePath) throws(PackageError) -> String {
    var hash = SHA256()
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      try file.closeAfter {
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while case let count = try buffer.withUnsafeMutableBytes({ try file.read(into: $0) }),
          count > 0
        {
          buffer.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[..<count])) }
        }
      }
    } catch {
      throw .cache(path, error as? Errno ?? .ioError)
    }
    return hash.finalize().hexadecimal
  }
}
