public import Diagnostics

/// The findings that comments of a DTS file accept:
///
/// ```
/// /* ctboot-lint: allow(irq-flag-zero): the level is set by the bootloader */
/// interrupts = <0 32 0>;
/// ```
///
/// Such a comment speaks for the property or the node that begins behind it, with all that is in the
/// node. The reason is not optional: whoever comes later has nothing else to go by.
public struct SourceAllowances: Sendable {
  public struct Allowance: Sendable, Hashable {
    public let rules: [RuleID]
    public let reason: String
    /// Where the comment begins, from 1.
    public let line: Int
    /// The lines that it speaks for.
    public let lines: ClosedRange<Int>
  }

  /// In file order.
  public private(set) var allowances: [Allowance] = []
  /// Lines of comments that begin as an allowance and are none.
  public private(set) var malformed: [Int] = []

  private static let mark = "ctboot-lint:"

  /// An allowance whose node or property has not ended yet.
  private struct Running {
    let rules: [RuleID]
    let reason: String
    let line: Int
    /// Where that began, and how many braces are open around it.
    var from = 0
    var depth = 0
  }

  /// Most files hold no such comment, and are searched for the mark only.
  public init(_ text: String) {
    guard text.contains(Self.mark), let source = SourceText(Array(text.utf8)) else { return }
    var open: [Running] = []
    var running: [Running] = []
    var depth = 0
    for token in DTSScanner.tokens(of: source.bytes, withComments: true) {
      let line = source.line(of: token.range.lowerBound)
      switch token.kind {
      case .comment:
        let comment = String(decoding: source.bytes[token.range], as: UTF8.self)
        guard let mark = comment.firstRange(of: Self.mark) else { continue }
        if let (rules, reason) = Self.allowance(comment[mark.upperBound...]) {
          open.append(Running(rules: rules, reason: reason, line: line))
        } else {
          malformed.append(line)
        }
      case .directive, .marker:
        // Lines for cpp begin and end nothing.
        continue
      default:
        let sign = token.kind == .punctuation ? source.bytes[token.range.lowerBound] : 0
        for var allowance in open {
          (allowance.from, allowance.depth) = (line, depth)
          running.append(allowance)
        }
        open = []
        if sign == UInt8(ascii: "{") { depth += 1 }
        if sign == UInt8(ascii: "}") { depth -= 1 }
        // A statement ends with a semicolon outside of the braces that it opened.
        guard sign == UInt8(ascii: ";") else { continue }
        for allowance in running where allowance.depth >= depth {
          allowances.append(
            Allowance(
              rules: allowance.rules, reason: allowance.reason, line: allowance.line,
              lines: allowance.from...max(allowance.from, line)))
        }
        running.removeAll { $0.depth >= depth }
      }
    }
    malformed += open.map(\.line) + running.map(\.line)
    allowances.sort { $0.line < $1.line }
  }

  /// ` allow(rule, rule): reason`
  private static func allowance(_ text: Substring) -> (rules: [RuleID], reason: String)? {
    let text = text.drop { $0 == " " }
    guard text.hasPrefix("allow("), let close = text.firstIndex(of: ")") else { return nil }
    let rules = text[text.index(text.startIndex, offsetBy: 6)..<close].split(separator: ",").map {
      RuleID(String($0.filter { !$0.isWhitespace }))
    }
    let rest = text[text.index(after: close)...]
    guard rest.hasPrefix(":") else { return nil }
    let reason = rest.dropFirst().split(whereSeparator: \.isWhitespace)
      .filter { $0 != "*" && $0 != "*/" }.joined(separator: " ")
    guard !rules.isEmpty, rules.allSatisfy({ !$0.rawValue.isEmpty }), !reason.isEmpty else {
      return nil
    }
    return (rules, reason)
  }
}
