/// Names that the nodes of guests and pools can have under `/chosen`.
///
/// Source: Devicetree Specification v0.4, section 2.2.1.
public enum NodeName {
  public enum Fault: Sendable, Hashable {
    /// No letter first, or a character that a name cannot have. An `@` is one: Xen would look for
    /// the guest's command line under the name before it.
    case malformed
    case tooLong(limit: Int)
    /// Xen has another use for it.
    case reserved
  }

  /// The specification's limit. With it a guest's modules stay well below the 92 bytes of path that
  /// Xen keeps, and the guest below the 41 that it keeps of a name.
  static let longest = 31

  /// `memory` is RAM to Xen before 4.20, wherever it stands; dom0's command line is kept under
  /// `chosen`.
  private static let reserved = ["aliases", "chosen", "memory", "modules"]

  /// Nil for a name that will do.
  static func fault(_ name: String) -> Fault? {
    guard let first = name.utf8.first, isLetter(first),
      name.utf8.allSatisfy({ isLetter($0) || isDigit($0) || ",._+-".utf8.contains($0) })
    else { return .malformed }
    guard name.utf8.count <= longest else { return .tooLong(limit: longest) }
    return reserved.contains(name.lowercased()) ? .reserved : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
