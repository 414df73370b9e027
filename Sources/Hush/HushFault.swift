/// Why the shell drops what it is reading, and all that follows.
public struct HushFault: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A single quote that nothing closes.
    case openSingleQuote
    /// `${` without `}`.
    case openBrace
    /// One `&` or one `|`.
    case singleOperator(UInt8)
    /// A word of a control structure where none, or another one, may stand.
    case misplaced(HushMode)
    /// Words behind the end of a control structure: `fi echo`.
    case wordsBehindGroup
    /// The text ends within a control structure, which was opened by this word.
    case openGroup(HushMode)
    /// More structures in each other than `HushParser.deepest`: a limit of ours, for hostile text.
    case tooDeep
  }

  public let kind: Kind
  /// In the text, what the shell stumbles over; of an open structure or quote, where it begins.
  public let range: Range<Int>
}
