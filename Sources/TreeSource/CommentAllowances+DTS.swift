public import Diagnostics

extension CommentAllowances {
  /// An allowance whose node or property has not ended yet.
  private struct Running {
    let comment: Comment
    let line: Int
    /// Where that began, and how many braces are open around it.
    var from = 0
    var depth = 0
    /// Whether something else stands before it on its line.
    let isBehind: Bool
  }

  /// The allowances of a DTS file. Most files hold none, and are searched for the mark only.
  public init(dts text: String) {
    guard text.contains(Self.mark), let source = SourceText(Array(text.utf8)) else {
      self.init(allowances: [], malformed: [])
      return
    }
    var allowances: [Allowance] = []
    var malformed: [Int] = []
    var pointless: [Int] = []
    // Where the last thing that is no comment ended.
    var lastLine = 0
    var open: [Running] = []
    var running: [Running] = []
    var depth = 0
    for token in DTSScanner.tokens(of: source.bytes, withComments: true) {
      let line = source.line(of: token.range.lowerBound)
      switch token.kind {
      case .comment:
        switch Comment.read(String(decoding: source.bytes[token.range], as: UTF8.self)) {
        case nil: continue
        case .success(let comment):
          open.append(Running(comment: comment, line: line, isBehind: line == lastLine))
        case .failure: malformed.append(line)
        }
      case .directive, .marker:
        // Lines for cpp begin and end nothing.
        continue
      default:
        lastLine = source.line(of: max(token.range.lowerBound, token.range.upperBound - 1))
        let sign = token.kind == .punctuation ? source.bytes[token.range.lowerBound] : 0
        // The end of the node that they stand in is nothing to speak for.
        if sign == UInt8(ascii: "}") {
          pointless += open.map(\.line)
          open = []
        }
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
              allowance.comment, line: allowance.line,
              lines: allowance.from...max(allowance.from, line), isBehind: allowance.isBehind))
        }
        running.removeAll { $0.depth >= depth }
      }
    }
    pointless += open.map(\.line) + running.map(\.line)
    self.init(allowances: allowances, malformed: malformed, pointless: pointless)
  }
}
