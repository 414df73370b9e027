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

  /// Most files hold no such comment, and are searched for the mark only.
  public init(_ text: String) {
    guard text.utf8.count < Int32.max, text.contains(Self.mark) else { return }
    var scanner = StatementScanner(text)
    var open: [(rules: [RuleID], reason: String, line: Int)] = []
    /// Allowances whose node or property has begun, with the depth of braces outside of it.
    var running: [(rules: [RuleID], reason: String, line: Int, from: Int, depth: Int)] = []
    var depth = 0
    while let token = scanner.next() {
      switch token.kind {
      case .comment(let comment):
        guard let mark = comment.firstRange(of: Self.mark) else { continue }
        if let allowance = Self.allowance(comment[mark.upperBound...]) {
          open.append((allowance.rules, allowance.reason, token.line))
        } else {
          malformed.append(token.line)
        }
        continue
      case .open:
        depth += 1
      case .close:
        depth -= 1
      case .semicolon, .other:
        break
      }
      for allowance in open {
        running.append(
          (
            allowance.rules, allowance.reason, allowance.line, token.line,
            token.kind == .open ? depth - 1 : depth
          ))
      }
      open = []
      // A statement ends with a semicolon outside of the braces that it opened.
      guard token.kind == .semicolon else { continue }
      for allowance in running where allowance.depth >= depth {
        allowances.append(
          Allowance(
            rules: allowance.rules, reason: allowance.reason, line: allowance.line,
            lines: allowance.from...max(allowance.from, token.line)))
      }
      running.removeAll { $0.depth >= depth }
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
    let reason = rest.dropFirst().split(whereSeparator: \.isWhitespace).filter { $0 != "*" }
      .joined(separator: " ")
    guard !rules.isEmpty, rules.allSatisfy({ !$0.rawValue.isEmpty }), !reason.isEmpty else {
      return nil
    }
    return (rules, reason)
  }
}
