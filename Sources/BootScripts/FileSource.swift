/// How files come into memory.
public enum FileSource: Sendable, Hashable {
  /// From the partition that U-Boot found the script on.
  case partition
  /// By TFTP.
  case network(server: IPv4Address, board: IPv4Address)
  /// Somebody has put them there, as sunxi-fel does over USB.
  case memory
}

/// An address such as 192.168.1.2.
public struct IPv4Address: Sendable, Hashable, CustomStringConvertible {
  public let description: String

  /// Nil for anything but four decimal numbers.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4,
      parts.allSatisfy({ part in
        part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
      })
    else { return nil }
    description = parts.compactMap { UInt8($0) }.map(String.init).joined(separator: ".")
  }
}
