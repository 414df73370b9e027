public import Measures

/// One version of a package, as a signed index describes it.
public struct ResolvedPackage: Sendable, Hashable {
  public let name: String
  public let version: String
  /// `armhf`, or `all`.
  public let architecture: String
  /// SHA-256 of the .deb file: 64 lower-case hexadecimal digits.
  public let sha256: String
  /// Size of the .deb file.
  public let size: ByteCount
  public let dependencies: [Dependency]

  public init(
    name: String, version: String, architecture: String, sha256: String, size: ByteCount,
    dependencies: [Dependency]
  ) {
    self.name = name
    self.version = version
    self.architecture = architecture
    self.sha256 = sha256
    self.size = size
    self.dependencies = dependencies
  }
}

/// One package that another one depends on. Alternatives are several of these.
public struct Dependency: Sendable, Hashable {
  public let name: String
  /// Set where exactly this version is wanted: `(= 6.1.176-1)`.
  public let exactVersion: String?

  public init(name: String, exactVersion: String? = nil) {
    self.name = name
    self.exactVersion = exactVersion
  }

  /// Reads a `Depends` field: `a (= 1), b | c (>= 2), d:any`.
  ///
  /// Source: Debian Policy 7.1.
  static func list(_ field: String) -> [Dependency] {
    field.split { $0 == "," || $0 == "|" }.compactMap { entry in
      let words = entry.split { " ()[]<\n\t".contains($0) }
      guard let name = words.first?.split(separator: ":").first else { return nil }
      let version = words.dropFirst(2).first.map { String($0) }
      let isExact = words.dropFirst().first == "="
      return Dependency(name: String(name), exactVersion: isExact ? version : nil)
    }
  }
}
