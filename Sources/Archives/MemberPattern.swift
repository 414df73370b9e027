/// Which members are wanted: an exact path, or one with a single `*` that stands for any run of
/// characters, slashes too: `boot/vmlinuz-*`, `usr/lib/*.dtb`. A leading `./` or `/` means nothing.
public struct MemberPattern: Sendable, Hashable {
  /// Without `./` in front.
  public let text: String
  private let prefix: String
  /// Nil in an exact path.
  private let suffix: String?

  public init(_ text: String) {
    var rest = Substring(text)
    while rest.hasPrefix("./") || rest.hasPrefix("/") {
      rest = rest.drop { $0 == "." }.drop { $0 == "/" }
    }
    self.text = String(rest)
    if let star = rest.firstIndex(of: "*") {
      self.prefix = String(rest[..<star])
      self.suffix = String(rest[rest.index(after: star)...])
    } else {
      self.prefix = self.text
      self.suffix = nil
    }
  }

  /// Whether it names exactly one member.
  public var isExact: Bool { suffix == nil }

  /// Whether `path`, which has no `./` in front, is wanted.
  public func matches(_ path: String) -> Bool {
    guard let suffix else { return path == prefix }
    return path.utf8.count >= prefix.utf8.count + suffix.utf8.count
      && path.hasPrefix(prefix) && path.hasSuffix(suffix)
  }
}

extension MemberPattern: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self.init(value) }
}
