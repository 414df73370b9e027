import Foundation

/// What can be seen of a fragment once it has run, in the words that both sides share.
struct Observation: Sendable, Equatable {
  enum Ending: Sendable, Equatable {
    /// The script came back; 0 or 1, as `source` says it.
    case returned(Int)
    /// A kernel was entered.
    case jumped
    case reset
    /// The processor stopped at an address.
    case aborted
    /// It ran, and would run on.
    case endless
    /// Of the model alone.
    case notModelled(command: String, reason: String)
  }

  var ending: Ending
  /// What was printed, without what differs from run to run.
  var printed: String
  /// Variables of the environment that are new or have another value; nil for those that are gone.
  var environment: [String: String?] = [:]
  /// The same for the shell's own variables.
  var variables: [String: String?] = [:]
  /// The bytes of each range that the fragment names, in hexadecimal.
  var memory: [String] = []
  /// Where a kernel is entered.
  var entry: UInt64?
  /// The tree that the kernel is given, as source.
  var tree: String?

  /// Whether the model saw what was seen here, on the real U-Boot.
  func agrees(with model: Observation) -> Bool {
    var (real, model) = (self, model)
    // After a syntax error U-Boot reads on from address 0 (`static_get` with a pointer that was set to
    // NULL). Here its own first byte lies there and is taken for a command, which fails.
    let steady = real.printed.replacing(Self.readFromZero, with: "syntax error\n")
    if steady != real.printed, case .returned = model.ending { real.ending = model.ending }
    real.printed = steady
    if real.ending == .endless {
      real.printed = String(real.printed.prefix(Self.prefix))
      model.printed = String(model.printed.prefix(Self.prefix))
    }
    return real == model
  }

  private static let readFromZero = "syntax error\nUnknown command '«b8»' - try 'help'\n"
  /// Characters that are compared of what an endless script prints.
  private static let prefix = 500

  /// What changed between two states.
  static func changes(
    from before: [String: String], to after: [String: String]
  ) -> [String: String?] {
    var changes: [String: String?] = [:]
    for (name, value) in after where before[name] != value { changes[name] = .some(value) }
    for name in before.keys where after[name] == nil { changes[name] = .some(nil) }
    return changes
  }
}

extension Observation: CustomStringConvertible {
  var description: String {
    func list(_ changes: [String: String?]) -> String {
      changes.sorted { $0.key < $1.key }
        .map { "    \($0.key)\($0.value.map { "=\($0.debugDescription)" } ?? " is gone")\n" }
        .joined()
    }
    let printed = printed.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "    | \($0.debugDescription.dropFirst().dropLast())\n" }.joined()
    var text = "  \(ending)\n\(printed)"
    if !environment.isEmpty { text += "  environment\n\(list(environment))" }
    if !variables.isEmpty { text += "  shell\n\(list(variables))" }
    for bytes in memory { text += "  memory \(bytes)\n" }
    if let entry { text += "  entry 0x\(String(entry, radix: 16))\n" }
    if let tree { text += "  tree\n\(tree)" }
    return text
  }

  /// The bytes of a text as they may be shown: everything that is not ASCII is escaped.
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      switch byte {
      case 0x0A, 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "«\(String(byte >> 4, radix: 16))\(String(byte & 15, radix: 16))»"
      }
    }
    return text
  }
}
