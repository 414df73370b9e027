/// A command that is played: one file for each family, and a line in `RehearsedCommands`.
public protocol UBootCommand: Sendable {
  /// What U-Boot's table calls it: more than one where several commands do the same.
  static var names: [String] { get }
  /// The most words, its name among them, where that is not the build's usual limit.
  static var mostWords: Int? { get }
  /// What its usage message says behind the name.
  static var usage: String { get }
  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult
}

extension UBootCommand {
  public static var mostWords: Int? { nil }
  public static var usage: String { "[args]" }
}

/// How a command ends.
public enum CommandResult: Sendable, Hashable {
  case success
  case failure
  /// The words make no sense to it: its usage is printed, and it has failed.
  case usage
  /// The return code, where it is neither 0 nor 1. Below -1 it ends the script with `-code - 2`.
  case code(Int)

  init(_ isSuccess: Bool) { self = isSuccess ? .success : .failure }
}

/// What a command is called with.
public struct CommandCall: Sendable {
  /// The name as written, which may be cut short or have a width behind a dot (`cp.b`), and what
  /// follows, after substitution.
  public let words: [UBootText]
  /// The name in U-Boot's table.
  public let name: String

  public init(words: [UBootText], name: String) {
    self.words = words
    self.name = name
  }

  public var count: Int { words.count }

  /// A word, from 0; nil where there is none.
  public subscript(index: Int) -> UBootText? {
    words.indices.contains(index) ? words[index] : nil
  }

  /// A word for comparing with what a command knows; empty where there is none.
  public func text(_ index: Int) -> String { self[index]?.words ?? "" }

  /// A word as a hexadecimal number.
  public func hexadecimal(_ index: Int) -> UInt64? { self[index]?.hexadecimal }

  /// The same call without its first words: the name of a subcommand becomes the command's.
  public func dropping(_ count: Int) -> CommandCall {
    CommandCall(words: Array(words.dropFirst(count)), name: name)
  }

  /// What the name's ending says of the width in bytes: `.b`, `.w`, `.l`, `.s`.
  public enum Width: Sendable, Hashable {
    case bytes(Int)
    case string
    case invalid
  }

  /// `cmd_get_data_size`
  public func width(default usual: Int = 4) -> Width {
    guard let name = words.first, name.count > 2, name[name.count - 2] == UInt8(ascii: ".") else {
      return .bytes(usual)
    }
    switch name[name.count - 1] {
    case UInt8(ascii: "b"): return .bytes(1)
    case UInt8(ascii: "w"): return .bytes(2)
    case UInt8(ascii: "l"): return .bytes(4)
    case UInt8(ascii: "s"): return .string
    default: return .invalid
    }
  }
}
