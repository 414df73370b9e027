/// Rows of words in columns that line up.
public struct TextTable: Sendable {
  /// How a column lines up.
  public enum Alignment: Sendable { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// - Parameter alignments: one for each column; further columns are aligned left.
  public init(_ alignments: [Alignment] = []) { self.alignments = alignments }

  public mutating func add(_ cells: String...) { rows.append(cells) }

  /// The rows, each after `indent` blanks; no blanks at the ends of lines.
  public func lines(indent: Int = 2) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? TerminalWidth.of($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let gap = String(repeating: " ", count: widths[column] - TerminalWidth.of(cell))
        let right = column < alignments.count && alignments[column] == .right
        return right ? gap + cell : cell + gap
      }
      return Self.trimmed(String(repeating: " ", count: indent) + cells.joined(separator: "  "))
    }
  }

  /// Without the blanks at its end.
  private static func trimmed(_ line: String) -> String {
    let bytes = line.utf8
    var end = bytes.endIndex
    while end > bytes.startIndex {
      let last = bytes.index(before: end)
      guard bytes[last] == UInt8(ascii: " ") else { break }
      end = last
    }
    return String(line[..<end])
  }
}
