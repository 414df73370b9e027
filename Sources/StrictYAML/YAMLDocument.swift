import Measures

/// A text file of ours: one YAML document, read strictly.
///
/// Refused are tabs, control characters, anchors and aliases, tags, keys that are no text, keys
/// given twice, several documents and anything deeper than a person would write. What a value
/// means is never guessed from its looks: whoever reads it says which type is wanted.
public struct YAMLDocument: Sendable {
  /// The largest file that is read at all.
  static let sizeLimit: ByteCount = .mebibytes(1)
  /// How many lists and mappings may stand inside one another.
  static let depthLimit = 32

  public let root: YAMLValue

  /// `file` is the name that errors show; nothing is opened.
  public init(text: String, file: String) throws(YAMLError) {
    try SourceText(text, file: file).check()
    root = try YAMLComposer(text: text, file: file).compose()
  }

  /// As `init(text:file:)`, from bytes that may not be UTF-8.
  public init(bytes: [UInt8], file: String) throws(YAMLError) {
    try self.init(text: SourceText.decode(bytes, file: file), file: file)
  }
}
