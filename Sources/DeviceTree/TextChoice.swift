/// Texts that are looked for together.
public struct TextChoice: Sendable, ExpressibleByArrayLiteral {
  let texts: [StaticString]
  /// A bit for each length, longer ones with 63; most texts of a tree have none of them.
  private let lengths: UInt64

  public init(arrayLiteral texts: StaticString...) {
    self.texts = texts
    lengths = texts.reduce(0) { $0 | Self.bit($1.utf8CodeUnitCount) }
  }

  @inline(__always)
  func mayHave(length: Int) -> Bool { lengths & Self.bit(length) != 0 }

  @inline(__always)
  private static func bit(_ length: Int) -> UInt64 {
    1 << UInt64(truncatingIfNeeded: min(length, 63))
  }
}
