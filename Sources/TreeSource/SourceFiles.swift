/// The files that a tree was made of, and the way back from what dtc says to where people look.
///
/// Without cpp, dtc reads the source itself and its columns only have to be counted in scalars.
/// With cpp it reads cpp's output, which has the lines of the source but not its columns: white
/// space is squeezed, comments are gone, macros are expanded.
///
/// ```
/// source   a   =    REGS(5);  b = "é"; /* … */ c = <FLAG>;
/// cpp      a = <5 0x10>; b = "é"; c = <4>;
///          └───┘       ┴ └──────┘ └───┘ └┘  what agrees, statement by statement
/// ```
///
/// So the tokens of both lines are compared, statement by statement, from either end. A place among
/// those that agree has a column; one between them was made by a macro and has its line only.
public struct SourceFiles: Sendable {
  let texts: [String: SourceText]
  private let preprocessed: PreprocessedText?

  /// - Parameters:
  ///   - texts: what the files hold, by the names that dtc has for them.
  ///   - preprocessed: what dtc read in place of the first of them, if not that.
  public init(texts: [String: [UInt8]], preprocessed: [UInt8]? = nil) {
    let texts = texts.compactMapValues { SourceText($0) }
    self.texts = texts
    self.preprocessed = preprocessed.flatMap { SourceText($0) }
      .map { PreprocessedText($0, sources: texts) }
  }

  /// A column of dtc's (bytes from 1, of what dtc read) in scalars of the source; nil where a macro
  /// made the text or the file is not at hand.
  public func column(file: String, line: Int, byteColumn: Int) -> Int? {
    guard let text = texts[file],
      let offset = offset(file: file, line: line, byteColumn: byteColumn, isEnd: false)
    else { return nil }
    return text.column(of: offset)
  }

  /// Where that place is in the bytes of the source.
  ///
  /// - Parameter isEnd: the place is behind a token, not before one.
  func offset(file: String, line: Int, byteColumn: Int, isEnd: Bool) -> Int? {
    if let preprocessed, preprocessed.files.contains(file) {
      return preprocessed.offset(file: file, line: line, byteColumn: byteColumn, isEnd: isEnd)
    }
    return texts[file]?.offset(line: line, byteColumn: byteColumn)
  }
}
