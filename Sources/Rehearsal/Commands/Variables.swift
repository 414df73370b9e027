/// `setenv` (`_do_env_set` in `cmd/nvedit.c`).
enum SetEnv: UBootCommand {
  static let names = ["setenv"]
  static let usage = "[-f] name [value ...]"

  static func run(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    guard call.count >= 2 else { return .usage }
    guard let words = withoutFlags(call.words.dropFirst(), known: "f"), let name = words.first
    else { return .usage }
    guard !name.contains(UInt8(ascii: "=")) else {
      machine.puts("## Error: illegal character '='in variable name \"\(name.words)\"\n")
      return .failure
    }
    guard words.count > 1 else {
      machine.unset(name)
      return .success
    }
    machine.set(name, Array(words.dropFirst().joined(separator: [0x20])))
    return .success
  }

  /// Words that begin with a hyphen stand first; nil where a letter of them is not known.
  static func withoutFlags(
    _ words: ArraySlice<UBootText>, known: String
  ) -> ArraySlice<UBootText>? {
    var rest = words
    while let word = rest.first, word.first == UInt8(ascii: "-") {
      guard word.dropFirst().allSatisfy({ known.utf8.contains($0) }) else { return nil }
      rest = rest.dropFirst()
    }
    return rest
  }
}

/// `printenv`
enum PrintEnv: UBootCommand {
  static let names = ["printenv"]
  static let usage = "[-a] [name ...]"

  static func run(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    var names = call.words.dropFirst()
    let showsAll = names.first?.starts(with: Array("-a".utf8)) == true
    if showsAll { names = names.dropFirst() }
    var isWhole = true
    for name in names {
      if let value = machine.environment[name] {
        machine.puts(name + Array("=".utf8) + value + [0x0A])
      } else {
        machine.puts("## Error: \"\(name.words)\" not defined\n")
        isWhole = false
      }
    }
    if names.isEmpty {
      let shown = machine.environment.exported(separator: 0x0A) { name in
        showsAll || name.first != UInt8(ascii: ".")
      }
      machine.puts(Array(shown.dropLast()))
      let room = machine.profile.environmentSize.map { "/\($0)" } ?? ""
      machine.puts("\nEnvironment size: \(shown.count)\(room) bytes\n")
    }
    return CommandResult(isWhole)
  }
}

/// `run`: each variable's value, until one fails.
enum Run: UBootCommand {
  static let names = ["run"]
  static let usage = "var [...]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count >= 2 else { return .usage }
    for name in call.words.dropFirst() {
      guard let value = machine.environment[name] else {
        machine.puts("## Error: \"\(name.words)\" not defined\n")
        return .failure
      }
      if try machine.run(variable: name, value) != 0 { return .failure }
    }
    return .success
  }
}

/// What asks a person.
enum AskEnv: UBootCommand {
  static let names = ["askenv", "editenv"]
  static let usage = "name"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count >= 2 else { return .usage }
    throw .waits("`\(call.name)` asks for a value of `\(call.text(1))`")
  }
}

/// `saveenv`: nothing is kept here. Whether it works depends on where the build keeps it.
enum SaveEnv: UBootCommand {
  static let names = ["saveenv"]

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    throw .notModelled(
      command: "saveenv", reason: "where the environment is kept is the build's and the card's")
  }
}
