public import Measures

/// One command of a rehearsal, with what came of it.
public struct TraceEntry: Sendable, Hashable {
  /// The text that it stands in, and where.
  public let place: ScriptPlace
  /// How many scripts and variables run each other around it.
  public let depth: Int
  /// After substitution.
  public let words: [UBootText]
  public let returnCode: Int
  public let effects: [Effect]
  /// What it printed.
  public let output: [UInt8]
}

/// Where a command stands.
public struct ScriptPlace: Sendable, Hashable {
  public enum Origin: Sendable, Hashable {
    /// A script, by the name of its file or by its address.
    case script(String)
    /// A variable of the environment that `run` runs.
    case variable(String)
  }
  public let origin: Origin
  /// Bytes of that text.
  public let range: Range<Int>
  /// From 1.
  public let line: Int
}

/// What a command changed.
public enum Effect: Sendable, Hashable {
  case set(name: UBootText, value: UBootText)
  case deleted(name: UBootText)
  /// A file was read into memory.
  case loaded(file: String, AddressRange)
  /// Bytes were put into memory in another way.
  case wrote(AddressRange)
  /// The working tree was changed, or another one was chosen.
  case tree(String)
}
