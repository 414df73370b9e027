public import Diagnostics

/// Edits of one text, applied together: their places are those of the text before any of them.
public struct SourceEdits: Sendable {
  private let edits: [TextEdit]

  public init(_ edits: [TextEdit]) {
    self.edits = edits.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// The text afterwards, and the edits that were made: one that overlaps an earlier one, or whose
  /// place is not in the text, is left out.
  public func applied(to text: String) -> (text: String, edits: Set<TextEdit>) {
    let scalars = text.unicodeScalars
    var starts = [scalars.startIndex]
    var index = scalars.startIndex
    while index != scalars.endIndex {
      let isEnd = scalars[index] == "\n"
      index = scalars.index(after: index)
      if isEnd { starts.append(index) }
    }
    func place(_ line: Int, _ column: Int) -> String.Index? {
      guard line >= 1, line <= starts.count, column >= 1 else { return nil }
      return scalars.index(
        starts[line - 1], offsetBy: column - 1,
        limitedBy: line < starts.count ? starts[line] : scalars.endIndex)
    }
    var changed = ""
    var applied: Set<TextEdit> = []
    var done = scalars.startIndex
    for edit in edits {
      guard let start = place(edit.line, edit.column),
        let end = place(edit.endLine, edit.endColumn),
        done <= start, start <= end
      else { continue }
      changed += text[done..<start]
      changed += edit.text
      done = end
      applied.insert(edit)
    }
    changed += text[done...]
    return (changed, applied)
  }
}
