public import Diagnostics

/// Why a change was not made to a source text.
public enum DTSEditRefusal: Error, Sendable, Hashable {
  /// No place in this file makes the node or the property.
  case notInFile(String)
  /// More than one place does, so that it is not known which is meant.
  case severalPlaces(String, count: Int)
  /// A macro made the text, or a part of it.
  case macro(String)
  /// What stands in the text is not what the map says.
  case changed(String)
  /// A label stands before the property, and something may refer to it.
  case labelled(String)
  /// What is to be written is no value, or no name.
  case unwritable(String)
  /// Another change, which is made, touches the same text.
  case overlaps(Fix.Change)
}

extension DTSEditRefusal: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .notInFile(let what):
      Diagnostic(.warning, "\(what) does not stand in this file", help: Self.byHand)
    case .severalPlaces(let what, let count):
      Diagnostic(
        .warning, "\(what) is made in \(count) places, and any of them could be meant",
        help: Self.byHand)
    case .macro(let what):
      Diagnostic(
        .warning, "a macro makes \(what), so that the text cannot be changed alone",
        help: "change the macro, or write out what it stands for")
    case .changed(let what):
      Diagnostic(
        .warning, "the text no longer has \(what) where it was", help: "lint the file again")
    case .labelled(let what):
      Diagnostic(
        .warning, "a label stands before \(what), and something may refer to it",
        help: Self.byHand)
    case .unwritable(let text):
      Diagnostic(.warning, "`\(text)` cannot be written into a source")
    case .overlaps:
      Diagnostic(
        .warning, "another change touches the same text", help: "make the changes one by one")
    }
  }

  private static let byHand = "make the change by hand"
}
