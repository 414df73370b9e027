/// `cmd/echo.c`
enum Echo: UBootCommand {
  static let names = ["echo"]
  static func run(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    var words = call.words.dropFirst()
    let endsLine = call.text(1) != "-n"
    if !endsLine { words = words.dropFirst() }
    machine.puts(Array(words.joined(separator: [0x20])) + (endsLine ? [0x0A] : []))
    return .success
  }
}

enum TrueCommand: UBootCommand {
  static let names = ["true"]
  static func run(_ call: CommandCall, on machine: inout Machine) -> CommandResult { .success }
}

enum FalseCommand: UBootCommand {
  static let names = ["false"]
  static func run(_ call: CommandCall, on machine: inout Machine) -> CommandResult { .failure }
}

/// `cmd/exit.c`. Until 2023.04 it ends nothing: it is a command that returns its number.
enum ExitCommand: UBootCommand {
  static let names = ["exit"]
  static let mostWords: Int? = 2
  static let usage = "exit script"

  static func run(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    .code(Int(call[1]?.decimal ?? 0))
  }
}

/// Time does not pass here. The number is decimal, and may have a fraction.
enum SleepCommand: UBootCommand {
  static let names = ["sleep"]
  static let mostWords: Int? = 2
  static let usage = "N"

  static func run(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    call.count == 2 ? .success : .usage
  }
}

/// The shell's own variables.
enum ShowVar: UBootCommand {
  static let names = ["showvar"]
  static let usage = "[name ...]"

  static func run(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    let known = machine.shellVariables
    let names =
      call.count > 1
      ? Array(call.words.dropFirst()) : known.keys.sorted { $0.lexicographicallyPrecedes($1) }
    var isWhole = true
    for name in names {
      if let value = known[name] {
        machine.puts(name + Array("=".utf8) + value + [0x0A])
      } else {
        machine.puts("## Error: \"\(name.words)\" not defined\n")
        isWhole = false
      }
    }
    return CommandResult(isWhole)
  }
}

enum Reset: UBootCommand {
  static let names = ["reset"]
  static let usage = "[-w]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    machine.puts("resetting ...\n")
    throw .reset
  }
}

enum PowerOff: UBootCommand {
  static let names = ["poweroff"]

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    machine.puts("poweroff ...\n")
    throw .poweredOff
  }
}

enum VersionCommand: UBootCommand {
  static let names = ["version"]
  static let mostWords: Int? = 1

  static func run(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    machine.puts("U-Boot \(machine.profile.version)\n")
    return .success
  }
}
