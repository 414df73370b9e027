public import Diagnostics

/// Lines and columns of a text by byte offset.
public struct LineIndex: Sendable {
  private let text: [UInt8]
  /// Where each line begins.
  private let starts: [Int]

  public init(_ text: [UInt8]) {
    self.text = text
    starts = [0] + text.indices.filter { text[$0] == 0x0A }.map { $0 + 1 }
  }

  public var count: Int { starts.count }

  /// The line of a byte, from 1.
  public func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// Line and column of a byte, both from 1. A column is a Unicode scalar; a byte that is part of
  /// none counts as one.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let line = line(of: offset)
    let start = starts[line - 1]
    let before = text[start..<max(start, min(offset, text.count))]
    return (line, String(decoding: before, as: UTF8.self).unicodeScalars.count + 1)
  }

  /// Where a range of bytes stands in a file.
  public func place(of range: Range<Int>, file: String) -> Finding.Place {
    let start = position(of: range.lowerBound)
    let end = position(of: range.upperBound)
    return Finding.Place(
      file: file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column)
  }

  /// A line's bytes without what ends it; from 1.
  public func bytes(ofLine line: Int) -> ArraySlice<UInt8> {
    guard line >= 1, line <= starts.count else { return [] }
    let start = starts[line - 1]
    let end = line < starts.count ? starts[line] - 1 : text.count
    return text[start..<max(start, end)]
  }
}
