public import Diagnostics

/// A stretch of source text. Lines and columns count from 1, columns are Unicode scalars; the end
/// is behind the last character.
public struct SourceRange: Sendable, Hashable {
  /// As dtc and cpp name it: the main file as the user did, others as they were found.
  public let file: String
  public let line: Int
  /// Nil where a macro made the text, so that only the line is known.
  public let column: Int?
  public let endLine: Int
  public let endColumn: Int?

  public init(file: String, line: Int, column: Int?, endLine: Int, endColumn: Int?) {
    self.file = file
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
  }
}

extension SourceRange {
  /// Whether the other one lies within this one, so far as that is known.
  public func contains(_ other: SourceRange) -> Bool {
    file == other.file
      && (line, column ?? 0) <= (other.line, other.column ?? 0)
      && (other.endLine, other.endColumn ?? 0) <= (endLine, endColumn ?? .max)
  }
}

extension SourceRange: CustomStringConvertible {
  /// `board.dts:13:2-14:7`; without the columns that are not known.
  public var description: String {
    func place(_ line: Int, _ column: Int?) -> String {
      "\(line)" + (column.map { ":\($0)" } ?? "")
    }
    return "\(file):\(place(line, column))-\(place(endLine, endColumn))"
  }
}

extension Finding.Place {
  /// Tells the place in the source; node, property and offset stay as they are.
  public mutating func move(to range: SourceRange) {
    file = range.file
    line = range.line
    column = range.column
    endLine = range.endLine
    endColumn = range.endColumn
  }
}
