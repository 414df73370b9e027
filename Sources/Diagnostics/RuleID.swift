/// The name of a rule: `gic-reg-four` for one of ours, `reg_format` for a check in dtc's spelling. An
/// id never changes its meaning.
public struct RuleID: RawRepresentable, Sendable, Hashable, Comparable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
  public init(_ text: String) { rawValue = text }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension RuleID: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { rawValue = value }
}

extension RuleID: CustomStringConvertible {
  public var description: String { rawValue }
}
