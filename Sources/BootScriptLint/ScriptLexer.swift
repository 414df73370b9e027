/// What only the text itself tells, and no parsed command: comments, and signs that the shell takes
/// for something else than they were meant for.
struct ScriptMarks: Sendable {
  /// From the number sign to the line's end.
  var comments: [Range<Int>] = []
  /// Comments that begin within a command, behind other words.
  var inCommand: Set<Int> = []
  /// Spans in single quotes that opened within double quotes; up to the text's end where nothing
  /// closes them.
  var apostrophes: [(range: Range<Int>, isClosed: Bool)] = []
  /// Backslashes that stand before a line's end.
  var continuations: [Int] = []
  /// `` ` `` and `$(`, outside of single quotes.
  var substitutions: [Range<Int>] = []

  init(_ text: ArraySlice<UInt8>) {
    var index = text.startIndex
    var isInQuotes = false
    var isAtWordStart = true
    var hasWords = false
    var isInBackticks = false
    func at(_ index: Int) -> UInt8 { index < text.endIndex ? text[index] : 0 }
    while index < text.endIndex, text[index] != 0 {
      let byte = text[index]
      let wasAtWordStart = isAtWordStart
      isAtWordStart = false
      switch byte {
      case 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"):
        if !isInQuotes {
          isAtWordStart = true
          hasWords = false
        }
      case 0x20, 0x09: isAtWordStart = !isInQuotes
      case UInt8(ascii: "#") where wasAtWordStart && !isInQuotes:
        let end = text[index...].firstIndex(of: 0x0A) ?? text.endIndex
        comments.append(index..<end)
        if hasWords { inCommand.insert(index) }
        index = end
        isAtWordStart = true
        continue
      case UInt8(ascii: "\\"):
        if at(index + 1) == 0x0A || (at(index + 1) == 0x0D && at(index + 2) == 0x0A) {
          continuations.append(index)
        }
        hasWords = true
        index += 1
      case UInt8(ascii: "'"):
        hasWords = true
        let close = text[(index + 1)...].firstIndex(of: UInt8(ascii: "'"))
        let end = close ?? text.endIndex
        if isInQuotes {
          apostrophes.append((index..<min(end + 1, text.endIndex), close != nil))
        }
        var inside = index + 1
        while inside < end {
          if text[inside] == UInt8(ascii: "\\"), at(inside + 1) == 0x0A {
            continuations.append(inside)
          }
          inside += 1
        }
        index = end
      case UInt8(ascii: "\""):
        hasWords = true
        isInQuotes.toggle()
      case UInt8(ascii: "`"):
        hasWords = true
        // The second one closes it.
        if !isInBackticks { substitutions.append(index..<(index + 1)) }
        isInBackticks.toggle()
      case UInt8(ascii: "$"):
        hasWords = true
        if at(index + 1) == UInt8(ascii: "(") { substitutions.append(index..<(index + 2)) }
      default: hasWords = true
      }
      index += 1
    }
  }
}
