/// How much a diagnostic matters.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  case info
  case warning
  case error

  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// A place in a text file that a person wrote. Line and column count from 1; a column is a
/// Unicode scalar.
public struct SourceSpan: Sendable, Hashable {
  public let file: String
  public let line: Int
  public let column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceSpan: CustomStringConvertible {
  public var description: String { "\(file):\(line):\(column)" }
}

/// What is wrong or worth knowing, where, and what to do next.
public struct Diagnostic: Sendable, Hashable {
  public var severity: Severity
  /// One sentence, without a full stop at its end: what is the matter, and with which file or node.
  public var message: String
  /// Where it stands, if a person wrote that.
  public var span: SourceSpan?
  /// Further facts, each a sentence of its own.
  public var notes: [String]
  /// What to do next: a command to run or an edit to make.
  public var help: String?

  public init(
    _ severity: Severity = .error, _ message: String, at span: SourceSpan? = nil,
    notes: [String] = [], help: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.span = span
    self.notes = notes
    self.help = help
  }
}

/// An error that can say what happened, where, and what to do. Cases hold values; the words are
/// made here, in one place for each error.
public protocol DiagnosticConvertible: Error {
  var diagnostic: Diagnostic { get }
  /// Whether all could be done and a check said no, so that the program ends with 1: findings of the
  /// linter, say. Where something could not be done it ends with 2.
  var isVerdict: Bool { get }
}

extension DiagnosticConvertible {
  public var isVerdict: Bool { false }
}
