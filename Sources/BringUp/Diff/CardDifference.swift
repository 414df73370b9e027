import Reports

/// One thing in which two cards differ in meaning. Where sectors lie means nothing, and neither do
/// times of files.
public struct CardDifference: Sendable, Hashable {
  /// Where on the card: `bootloader`, `partition table`, `boot files`, `files of partition 2`.
  public let part: String
  /// What of it: `U-Boot`, `/boot.scr`.
  public let subject: String
  /// What the first has; nil where it has nothing of the kind.
  public let old: String?
  /// What the second has; nil where it has nothing of the kind.
  public let new: String?
  /// Within trees and texts what goes, with `-` before it, and what comes, with `+`.
  public let lines: [String]

  init(_ part: String, _ subject: String, old: String?, new: String?, lines: [String] = []) {
    self.part = part
    self.subject = subject
    self.old = old
    self.new = new
    self.lines = lines
  }

  /// For a person; empty for none.
  public static func text(_ differences: [CardDifference]) -> String {
    var lines: [String] = []
    var part: String?
    for difference in differences {
      if difference.part != part {
        lines += (lines.isEmpty ? [] : [""]) + [difference.part]
        part = difference.part
      }
      lines.append("  \(difference.subject)")
      if let old = difference.old { lines.append("  - \(old)") }
      if let new = difference.new { lines.append("  + \(new)") }
      lines += difference.lines.map { $0.isEmpty ? "" : "    \($0)" }
    }
    return lines.map { DiagnosticText.visible($0) + "\n" }.joined()
  }
}

/// Differences in JSON.
public struct CardDifferenceRecord: Encodable, Sendable {
  let part: String
  let subject: String
  let old: String?
  let new: String?
  let lines: [String]?

  public init(_ difference: CardDifference) {
    part = difference.part
    subject = difference.subject
    old = difference.old
    new = difference.new
    lines = difference.lines.isEmpty ? nil : difference.lines
  }
}
