import Bytes

/// The version text U-Boot prints when it starts:
/// `U-Boot 2023.01+dfsg-2+deb12u3 (Jun 22 2026 - 08:38:07 +0000)`.
public struct UBootVersion: Sendable, Hashable, CustomStringConvertible {
  /// The whole text, from `U-Boot` to the closing bracket.
  public let description: String

  /// `2023.01+dfsg-2+deb12u3`.
  public var release: String {
    String(description.dropFirst("U-Boot ".count).prefix { $0 != " " })
  }

  /// Whether its release came before another, both as `2014.10`.
  public func isOlder(than other: String) -> Bool {
    release.prefix(other.count).lexicographicallyPrecedes(other)
  }

  /// The first such text in `bytes` at or after `start`; nil where there is none. The shorter
  /// texts in an image's name or its SPL do not count.
  public init?(searching bytes: RawSpan, from start: Int = 0) {
    var from = start
    while let found = bytes.firstOffset(of: "U-Boot 2", from: from) {
      let text = bytes.printableText(at: found, limit: 160)
      if text.contains(" ("), let bracket = text.firstIndex(of: ")") {
        description = String(text[...bracket])
        return
      }
      from = found + 1
    }
    return nil
  }
}
