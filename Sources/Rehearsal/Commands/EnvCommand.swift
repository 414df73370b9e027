import Bytes
import Hush

/// `env` and what stands behind it (`cmd/nvedit.c`).
enum EnvCommand: UBootCommand {
  static let names = ["env"]
  static let usage =
    "default|delete|exists|export|import|print|run|set [args]"

  private static let parts = [
    "ask", "default", "delete", "edit", "exists", "export", "flags", "grep", "import", "indirect",
    "info", "load", "print", "run", "save", "set",
  ]

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let word = call[1] else { return .usage }
    // A part may be cut short where that is clear.
    let known = parts.filter { $0.hasPrefix(word.words) }
    let part = known.contains(word.words) ? word.words : known.count == 1 ? known[0] : nil
    let call = call.dropping(1)
    switch part {
    case "set": return SetEnv.run(call, on: &machine)
    case "print": return PrintEnv.run(call, on: &machine)
    case "run": return try Run.run(call, on: &machine)
    case "default": return reset(call, on: &machine)
    case "delete": return delete(call, on: &machine)
    case "exists":
      return call.count < 2 ? .usage : CommandResult(machine.environment[call[1] ?? []] != nil)
    case "import": return try EnvImport.run(call, on: &machine)
    case "export": return try EnvExport.run(call, on: &machine)
    case let part?:
      throw .notModelled(
        command: "env \(part)", reason: "")
    case nil: return .usage
    }
  }

  private static func reset(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    let flags = call.words.dropFirst().prefix { $0.first == UInt8(ascii: "-") }
    guard flags.allSatisfy({ $0.dropFirst().allSatisfy { "af".utf8.contains($0) } }) else {
      return .usage
    }
    let all = flags.contains { $0.contains(UInt8(ascii: "a")) }
    let names = call.words.dropFirst(1 + flags.count)
    guard all == names.isEmpty else { return .usage }
    let usual = Environment(machine.profile.environment)
    if all {
      machine.puts("## Resetting to default environment\n")
      for name in machine.environment.names where usual[name] == nil { machine.unset(name) }
      for (name, value) in usual.sorted { machine.set(name, value) }
    } else {
      for name in names { if let value = usual[name] { machine.set(name, value) } }
    }
    return .success
  }

  private static func delete(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    guard let names = SetEnv.withoutFlags(call.words.dropFirst(), known: "f") else {
      return .usage
    }
    var isWhole = true
    for name in names { if !machine.unset(name) { isWhole = false } }
    return CommandResult(isWhole)
  }
}

/// `env import`
enum EnvImport {
  /// What is read where no size is given and no end is found.
  private static let most = 1 << 20

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    let words = call.words.dropFirst()
    let flags = words.prefix { $0.first == UInt8(ascii: "-") }
    let letters = flags.flatMap { $0.dropFirst() }
    guard letters.allSatisfy({ "bctrd".utf8.contains($0) }) else { return .usage }
    let formats = letters.filter { "bct".utf8.contains($0) }
    guard formats.count < 2 else {
      machine.puts("## import: only one of \"-b\", \"-c\" or \"-t\" allowed\n")
      return .failure
    }
    let rest = Array(words.dropFirst(flags.count))
    guard let address = rest.first?.hexadecimal else { return .usage }
    if formats.isEmpty { machine.puts("## Warning: defaulting to text format\n") }
    let isText = formats.isEmpty || formats == [UInt8(ascii: "t")]
    let separator: UInt8 = isText ? 0x0A : 0
    var bytes: [UInt8]
    if rest.count >= 2, rest[1] != [UInt8(ascii: "-")] {
      bytes = try machine.bytes(Int(rest[1].hexadecimal), at: address)
    } else if formats == [UInt8(ascii: "c")] {
      machine.puts("## Error: external checksum format must pass size\n")
      return .failure
    } else {
      bytes = try untilEnd(machine, at: address, separator: separator)
      machine.puts(
        "## Info: input data size = \(bytes.count) = 0x\(String(bytes.count, radix: 16, uppercase: true))\n"
      )
    }
    if formats == [UInt8(ascii: "c")] {
      guard bytes.count > 4 else {
        machine.puts("## Error: Invalid size 0x\(String(bytes.count, radix: 16))\n")
        return .failure
      }
      let wanted = bytes[..<4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      bytes.removeFirst(4)
      guard CRC32.checksum(bytes.span.bytes) == wanted else {
        machine.puts("## Error: bad CRC, import failed\n")
        return .failure
      }
    }
    let entries = EnvironmentText(
      bytes, separator: separator,
      droppingCarriageReturns: isText && letters.contains(UInt8(ascii: "r")))
    let only = rest.count > 2 ? Set(rest.dropFirst(2)) : nil
    return take(
      entries, only: only, deletes: letters.contains(UInt8(ascii: "d")), on: &machine)
  }

  /// Up to the separator that a NUL follows, both included.
  private static func untilEnd(
    _ machine: Machine, at address: UInt64, separator: UInt8
  ) throws(MachineStop) -> [UInt8] {
    var count = 0
    while count < most {
      if try machine.bytes(2, at: address + UInt64(count)) == [separator, 0] { break }
      count += 1
    }
    return try machine.bytes(count + 2, at: address)
  }

  /// `himport_r`: with names given, what is not among them is passed over, and those that did not
  /// come are deleted where `-d` asks for it.
  private static func take(
    _ text: EnvironmentText, only: Set<UBootText>?, deletes: Bool, on machine: inout Machine
  ) -> CommandResult {
    if deletes, only == nil { for name in machine.environment.names { machine.unset(name) } }
    var left = only ?? []
    for entry in text.entries {
      if let only, !only.contains(entry.name) { continue }
      left.remove(entry.name)
      if let value = entry.value {
        machine.set(entry.name, value)
      } else {
        machine.unset(entry.name)
      }
    }
    guard text.namelessEntry == nil else {
      machine.puts("## Error: Environment import failed: errno = 22\n")
      return .failure
    }
    guard deletes else { return .success }
    for name in left.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      machine.puts(
        machine.unset(name)
          ? "WARNING: '\(name.words)' not in imported env, deleting it!\n"
          : "WARNING: '\(name.words)' neither in running nor in imported env!\n")
    }
    return .success
  }
}

/// `env export`
enum EnvExport {
  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    var words = call.words.dropFirst()
    var formats: [UInt8] = []
    var size: UInt64 = 0
    while let word = words.first, word.first == UInt8(ascii: "-") {
      words = words.dropFirst()
      for letter in word.dropFirst() {
        if letter == UInt8(ascii: "s") {
          guard let given = words.first else { return .usage }
          size = given.hexadecimal
          words = words.dropFirst()
          break
        }
        guard "bct".utf8.contains(letter) else { return .usage }
        formats.append(letter)
      }
    }
    guard formats.count < 2 else {
      machine.puts("## Error: export: only one of \"-b\", \"-c\" or \"-t\" allowed\n")
      return .failure
    }
    guard let address = words.first?.hexadecimal else { return .usage }
    let only = words.count > 1 ? Set(words.dropFirst()) : nil
    let isText = formats.isEmpty || formats == [UInt8(ascii: "t")]
    let bytes = machine.environment.exported(separator: isText ? 0x0A : 0) { name in
      only?.contains(name) ?? true
    }
    guard let asked = Int(exactly: size), !(1..<head).contains(asked) || isText else {
      throw .outsideMemory(address: address, count: 0)
    }
    if asked > 0 { try machine.fill(asked, at: address) }
    if isText {
      guard hasRoom(for: bytes, in: asked, on: &machine) else { return .failure }
      try machine.write(bytes, at: address)
      let count = asked > 0 ? asked : bytes.count
      machine.set("filesize", UBootText(String(count, radix: 16, uppercase: true)))
      return .success
    }
    guard let room = machine.profile.environmentSize else {
      throw .notModelled(command: "env export", reason: "the build's size of it is not known")
    }
    guard hasRoom(for: bytes, in: room, on: &machine) else { return .failure }
    let isChecked = formats == [UInt8(ascii: "c")]
    let start = isChecked ? address &+ UInt64(head) : address
    try machine.fill(room, at: start)
    try machine.write(bytes, at: start)
    if isChecked {
      let covered = try machine.bytes(asked > 0 ? asked - head : room, at: start)
      var field: [UInt8] = []
      field.append(littleEndian: CRC32.checksum(covered.span.bytes))
      try machine.write(field, at: address)
    }
    machine.set("filesize", hexadecimal: UInt64(room + head))
    return .success
  }

  /// Bytes of the checksum in front.
  private static let head = 4

  /// A size of 0 has room for all.
  private static func hasRoom(
    for bytes: [UInt8], in size: Int, on machine: inout Machine
  ) -> Bool {
    if size == 0 || bytes.count <= size { return true }
    machine.puts("Env export buffer too small: \(size), but need \(bytes.count)\n")
    machine.puts("## Error: Cannot export environment: errno = 12\n")
    return false
  }
}

extension Machine {
  /// Puts zeroes into memory.
  fileprivate mutating func fill(_ count: Int, at address: UInt64) throws(MachineStop) {
    guard memory.holds(count, at: address) else {
      throw .outsideMemory(address: address, count: count)
    }
    try write([UInt8](repeating: 0, count: count), at: address)
  }
}
