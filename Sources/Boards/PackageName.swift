/// What may be a package's name or version. Both come from files that people write, and end in
/// paths and on apt's command line, where `-o…` would be an option and `~n…` a pattern.
///
/// Source: Debian Policy 5.6.1 and 5.6.12.
public enum PackageName {
  /// Two or more lower-case letters, digits, `+`, `-` and `.`, the first a letter or digit.
  public static func isValid(_ name: String) -> Bool {
    name.utf8.count >= 2 && isAlphanumeric(name.utf8.first) && name.utf8.allSatisfy(isOfName)
  }

  /// As a name, of one character at least, and with upper-case letters, `:` and `~` as well.
  public static func isValid(version: String) -> Bool {
    guard let first = version.utf8.first, isAlphanumeric(first) || isUpperCase(first) else {
      return false
    }
    return version.utf8.allSatisfy { isOfName($0) || isUpperCase($0) || ":~".utf8.contains($0) }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || "+-.".utf8.contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isUpperCase(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
}
