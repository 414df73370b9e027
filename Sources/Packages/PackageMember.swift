public import Measures
public import SystemPackage

/// A file out of a package, in the cache.
public struct PackageMember: Sendable, Hashable {
  /// Its path in the package: `boot/xen-4.17-armhf`.
  public let path: String
  public let file: FilePath
  /// SHA-256 of the file: 64 lower-case hexadecimal digits.
  public let sha256: String
  public let size: ByteCount

  public init(path: String, file: FilePath, sha256: String, size: ByteCount) {
    self.path = path
    self.file = file
    self.sha256 = sha256
    self.size = size
  }
}
