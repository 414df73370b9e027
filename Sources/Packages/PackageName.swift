/// What may be a package's name or version. Both come from project files and end on apt's command
/// line, where `-o…` would be an option and `~n…` a pattern.
///
/// Source: Debian Policy 5.6.1 and 5.6.12.
enum PackageName {
  static func isValid(_ name: String) -> Bool {
    name.utf8.count >= 2 && isAlphanumeric(name.utf8.first)
      && name.utf8.allSatisfy { isAlphanumeric($0) || "+-.".utf8.contains($0) }
  }

  static func isValid(version: String) -> Bool {
    isAlphanumeric(version.utf8.first)
      && version.utf8.allSatisfy { isAlphanumeric($0) || "+-.:~".utf8.contains($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }
}
