/// A change to a tree that would mend a finding. It is data: whoever applies it finds the place in
/// the source, and applies it only where that is one place.
public struct Fix: Sendable, Hashable {
  /// What may go wrong when the change is made.
  public enum Safety: String, Sendable, Hashable, CaseIterable {
    /// The tree means the same afterwards, or what its author can only have meant: `--fix` applies it.
    case safe
    /// Likely right, but somebody has to look: it is printed.
    case risky
  }

  /// An edit of the source text, by node and property.
  public enum Change: Sendable, Hashable {
    /// Gives the property this value, written as DTS between `=` and `;`.
    case set(node: String, property: String, value: String)
    /// Takes the property out.
    case remove(node: String, property: String)
    /// Gives the node another name, unit address and all.
    case rename(node: String, to: String)
  }

  public var safety: Safety
  /// An imperative sentence: `write "okay"`.
  public var title: String
  public var change: Change
  /// The same as an edit of the finding's file, where that is source text and the place is one.
  public var edit: TextEdit?

  public init(_ safety: Safety, _ title: String, _ change: Change) {
    self.safety = safety
    self.title = title
    self.change = change
    edit = nil
  }
}

/// A change of a text file: what stands in the range is replaced.
public struct TextEdit: Sendable, Hashable {
  /// Line and column of the first character that is replaced, both from 1; a column is a Unicode
  /// scalar.
  public var line: Int
  public var column: Int
  /// Line and column behind the last character that is replaced.
  public var endLine: Int
  public var endColumn: Int
  public var text: String

  public init(line: Int, column: Int, endLine: Int, endColumn: Int, text: String) {
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
    self.text = text
  }
}
