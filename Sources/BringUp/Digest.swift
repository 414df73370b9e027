import Bytes
import Crypto

/// SHA-256, as bytes and as the rest of the world writes it.
enum Digest {
  static func bytes(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// In lower-case hexadecimal digits.
  static func sha256(_ bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hexadecimal }
}
