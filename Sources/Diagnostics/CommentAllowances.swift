/// The findings that comments of a source accept:
///
/// ```
/// /* ctboot-lint: allow(irq-flag-zero): the level is set by the bootloader */
/// interrupts = <0 32 0>;
/// ```
///
/// Such a comment speaks for what begins behind it: the property or the node, with all that is in
/// the node; the command of a script, with all that is in its block. The reason is not optional:
/// whoever comes later has nothing else to go by.
public struct CommentAllowances: Sendable, Hashable {
  public struct Allowance: Sendable, Hashable {
    public let rules: [RuleID]
    public let reason: String
    /// Where the comment begins, from 1.
    public let line: Int
    /// The lines that it speaks for.
    public let lines: ClosedRange<Int>
    /// Whether something else stands before it on its line, which it may be meant for.
    public let isBehind: Bool

    public init(
      _ comment: Comment, line: Int, lines: ClosedRange<Int>, isBehind: Bool = false
    ) {
      rules = comment.rules
      reason = comment.reason
      self.line = line
      self.lines = lines
      self.isBehind = isBehind
    }
  }

  /// What one comment says: ` allow(rule, rule): reason` behind the mark.
  public struct Comment: Sendable, Hashable {
    public let rules: [RuleID]
    public let reason: String
  }

  /// In file order.
  public let allowances: [Allowance]
  /// Lines of comments that begin as an allowance and are none.
  public let malformed: [Int]
  /// Lines of allowances behind which nothing begins: at the end of a node, of a block or of the text.
  public let pointless: [Int]

  public init(allowances: [Allowance], malformed: [Int], pointless: [Int] = []) {
    self.allowances = allowances.sorted { $0.line < $1.line }
    self.malformed = malformed
    self.pointless = pointless
  }

  public var isEmpty: Bool { allowances.isEmpty && malformed.isEmpty && pointless.isEmpty }

  /// What makes a comment one for the linter.
  public static let mark = "ctboot-lint:"
}

extension CommentAllowances.Comment {
  /// A comment with its signs (`/* … */`, `// …`, `# …`): nil where it is not for the linter, a
  /// failure where it is and cannot be read.
  public static func read(_ comment: String) -> Result<Self, Malformed>? {
    guard let mark = comment.firstRange(of: CommentAllowances.mark) else { return nil }
    let text = comment[mark.upperBound...].drop { $0 == " " }
    guard text.hasPrefix("allow("), let close = text.firstIndex(of: ")") else {
      return .failure(Malformed())
    }
    let rules = text[text.index(text.startIndex, offsetBy: 6)..<close].split(separator: ",").map {
      RuleID(String($0.filter { !$0.isWhitespace }))
    }
    let rest = text[text.index(after: close)...]
    guard rest.hasPrefix(":") else { return .failure(Malformed()) }
    let reason = rest.dropFirst().split(whereSeparator: \.isWhitespace)
      .filter { $0 != "*" && $0 != "*/" }.joined(separator: " ")
    guard !rules.isEmpty, rules.allSatisfy({ !$0.rawValue.isEmpty }), !reason.isEmpty else {
      return .failure(Malformed())
    }
    return .success(Self(rules: rules, reason: reason))
  }

  /// The comment begins as an allowance and is none.
  public struct Malformed: Error, Sendable, Hashable {}
}
