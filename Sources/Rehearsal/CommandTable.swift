/// The commands of a build, and which of them are played.
struct CommandTable: Sendable {
  enum Match: Sendable {
    case played(name: String, any UBootCommand.Type)
    /// The build has it, and it is not played.
    case notModelled(name: String)
  }

  private let played: [String: any UBootCommand.Type]
  private let names: [String]
  private let exact: Set<String>

  /// A build that lists no commands has all that are played.
  init(_ commands: [any UBootCommand.Type], of profile: UBootProfile) {
    var played: [String: any UBootCommand.Type] = [:]
    for command in commands { for name in command.names { played[name] = command } }
    self.played = played
    exact = profile.commands.isEmpty ? Set(played.keys) : profile.commands
    names = exact.sorted()
  }

  /// `find_cmd`: the name up to a dot, whole, or cut short where only one begins like that.
  func match(_ word: UBootText) -> Match? {
    let start = String(decoding: word.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self)
    if exact.contains(start) { return match(name: start) }
    let candidates = names.filter { $0.hasPrefix(start) }
    return candidates.count == 1 ? candidates.first.map(match(name:)) : nil
  }

  private func match(name: String) -> Match {
    played[name].map { .played(name: name, $0) } ?? .notModelled(name: name)
  }
}
