import Bytes

/// The environment that a U-Boot starts with when none was saved, as it lies in the program:
/// `name=value` texts, each ended by a NUL, the list by a second one (`default_environment` in
/// `include/env_default.h`).
public struct UBootEnvironment: Sendable, Hashable {
  /// In the order of the program.
  public let entries: [Entry]

  public struct Entry: Sendable, Hashable {
    public let name: String
    public let value: String
  }

  /// A list that holds `bootcmd`; shorter ones are something else.
  private static let least = 5

  /// The first such list; nil where there is none, as in a program that is compressed.
  public init?(searching bytes: RawSpan) {
    var from = 0
    while let found = bytes.firstOffset(of: "bootcmd=", from: from) {
      from = found + 1
      guard found == 0 || Self.byte(bytes, found - 1) == 0 else { continue }
      var entries: [Entry] = []
      var end = found
      while let entry = Self.entry(in: bytes, before: end) {
        entries.append(entry.entry)
        end = entry.start
      }
      entries.reverse()
      var start = found
      while let entry = Self.entry(in: bytes, from: start) {
        entries.append(entry.entry)
        start = entry.end
      }
      guard entries.count >= Self.least else { continue }
      self.entries = entries
      return
    }
    return nil
  }

  public var values: [String: String] {
    Dictionary(entries.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  private static func byte(_ bytes: RawSpan, _ offset: Int) -> UInt8? {
    try? bytes.byte(at: offset)
  }

  /// The entry that begins at `start`, and where the next one begins.
  private static func entry(
    in bytes: RawSpan, from start: Int
  ) -> (entry: Entry, end: Int)? {
    var end = start
    while let byte = byte(bytes, end), byte != 0 {
      end += 1
      // Nobody's script is longer.
      if end - start > 1 << 16 { return nil }
    }
    guard end < bytes.byteCount, let entry = entry(bytes.copied(start..<end)) else { return nil }
    return (entry, end + 1)
  }

  /// The entry whose NUL stands right before `end`, and where it begins.
  private static func entry(
    in bytes: RawSpan, before end: Int
  ) -> (entry: Entry, start: Int)? {
    guard end >= 2 else { return nil }
    var start = end - 1
    while start > 0, let byte = byte(bytes, start - 1), byte != 0 {
      start -= 1
      if end - start > 1 << 16 { return nil }
    }
    guard let entry = entry(bytes.copied(start..<(end - 1))) else { return nil }
    return (entry, start)
  }

  private static func entry(_ text: [UInt8]) -> Entry? {
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")), equals > 0,
      text[..<equals].allSatisfy({ (0x21...0x7E).contains($0) }),
      text.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x0A || $0 == 0x09 })
    else { return nil }
    return Entry(
      name: String(decoding: text[..<equals], as: UTF8.self),
      value: String(decoding: text[(equals + 1)...], as: UTF8.self))
  }
}
