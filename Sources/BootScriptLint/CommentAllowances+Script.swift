import Diagnostics
import Hush

extension CommentAllowances {
  /// The comments of a script, menu or environment text that allow something. Each speaks for the
  /// command that begins behind it, with its block; of other files, for the next line.
  init(of script: ScriptContext) {
    guard script.text.firstRange(of: Array(Self.mark.utf8)) != nil else {
      self.init(allowances: [], malformed: [])
      return
    }
    let lines = LineIndex(script.text)
    let comments = script.isScript ? script.marks.comments : Self.comments(script.text)
    // What begins where: a structure before the first command in it.
    let units = (script.groups + script.commands.filter { !$0.isInVariable }.map(\.range))
      .sorted { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    var allowances: [Allowance] = []
    var malformed: [Int] = []
    var next = 0
    for comment in comments {
      let text = String(decoding: script.text[comment], as: UTF8.self)
      guard let read = Comment.read(text) else { continue }
      let line = lines.line(of: comment.lowerBound)
      while next < units.count, units[next].lowerBound < comment.upperBound { next += 1 }
      var spoken: ClosedRange<Int>?
      if !script.isScript {
        spoken = Self.nextLine(behind: line, of: lines)
      } else if next < units.count {
        let unit = units[next]
        let first = lines.line(of: unit.lowerBound)
        spoken = first...max(first, lines.line(of: max(unit.lowerBound, unit.upperBound - 1)))
      } else if !script.faults.isEmpty {
        // What the shell drops has no commands: the rest of the file.
        spoken = line...max(line, lines.count)
      }
      guard case .success(let allowed) = read, let spoken else {
        malformed.append(line)
        continue
      }
      allowances.append(Allowance(allowed, line: line, lines: spoken))
    }
    self.init(allowances: allowances, malformed: malformed)
  }

  /// Lines that begin with a number sign.
  private static func comments(_ text: [UInt8]) -> [Range<Int>] {
    text.split(separator: 0x0A).compactMap { line in
      line.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "#")
        ? line.startIndex..<line.endIndex : nil
    }
  }

  /// The next line that holds something besides a comment.
  private static func nextLine(behind line: Int, of lines: LineIndex) -> ClosedRange<Int>? {
    var next = line + 1
    while next <= lines.count {
      let first = lines.bytes(ofLine: next).first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
      if let first, first != UInt8(ascii: "#") { return next...next }
      next += 1
    }
    return nil
  }
}
