import Measures

/// `load` and its kin: a file into memory (`fs/fs.c`).
enum Load: UBootCommand {
  static let names = ["load", "fatload", "ext2load", "ext4load"]
  static let mostWords: Int? = 7
  static let usage = "<interface> [<dev[:part]> [<addr> [<filename> [bytes [pos]]]]]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let interface = call[1] else { return .usage }
    let kinds = FileSystemKinds.of(command: call.name)
    guard let files = try machine.fileSystem(interface, call[2], kinds: kinds) else {
      machine.puts("Can't set block device\n")
      return .failure
    }
    let address: UInt64
    if let word = call[3] {
      let (value, rest) = word.hexadecimalAndRest
      guard rest.isEmpty, !word.isEmpty else { return .usage }
      address = value
    } else {
      guard let usual = machine.environment["loadaddr"] else {
        throw .notModelled(
          command: call.name, reason: "the build's default address is not known")
      }
      address = usual.hexadecimal
    }
    guard let path = call[4] ?? machine.environment["bootfile"] else {
      machine.puts("** No boot file defined **\n")
      return .failure
    }
    let count = call.hexadecimal(5) ?? 0
    let found = files.read(
      path, count: count == 0 ? nil : count, at: call.hexadecimal(6) ?? 0)
    if found == nil, files.kind == "fat", files.list(path) != nil {
      machine.puts("** Unable to read file \(path.words) **\n")
    }
    // `fs_read_lmb_check`: only free RAM is loaded into.
    if let found, !machine.isFree(found.count, at: address) {
      machine.puts("** Reading file would overwrite reserved memory **\n")
      machine.puts("Failed to load '\(path.words)'\n")
      return .failure
    }
    guard let bytes = found else {
      machine.puts("Failed to load '\(path.words)'\n")
      return .failure
    }
    try machine.load(bytes, of: path.words, at: address)
    machine.puts("\(bytes.count) bytes read\n")
    return .success
  }
}

extension Machine {
  /// Whether it is RAM, and not U-Boot's own.
  fileprivate func isFree(_ count: Int, at address: UInt64) -> Bool {
    guard memory.holds(count, at: address),
      let range = AddressRange(start: Address(address), size: ByteCount(count))
    else { return false }
    return count == 0 || profile.own?.overlaps(range) != true
  }
}

/// `size`: a file's size into `filesize`.
enum FileSize: UBootCommand {
  static let names = ["size", "fatsize", "ext4size"]
  static let mostWords: Int? = 4
  static let usage = "<interface> <dev[:part]> <filename>"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count == 4, let interface = call[1], let path = call[3] else { return .usage }
    let kinds = FileSystemKinds.of(command: call.name)
    guard let files = try machine.fileSystem(interface, call[2], kinds: kinds) else {
      return .failure
    }
    // A folder is 0 bytes long.
    guard let size = files.size(of: path) ?? files.list(path).map({ _ in 0 }) else {
      return .failure
    }
    machine.set("filesize", hexadecimal: size)
    return .success
  }
}

/// `ls`: what is in a folder.
enum ListFiles: UBootCommand {
  static let names = ["ls", "fatls", "ext2ls", "ext4ls"]
  static let mostWords: Int? = 4
  static let usage = "<interface> [<dev[:part]> [directory]]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let interface = call[1] else { return .usage }
    let kinds = FileSystemKinds.of(command: call.name)
    guard let files = try machine.fileSystem(interface, call[2], kinds: kinds),
      let entries = files.list(call[3] ?? UBootText("/"))
    else { return .failure }
    for entry in entries {
      let size = String(entry.size)
      let mark =
        entry.isFolder
        ? String(repeating: " ", count: 12)
        : " " + String(repeating: " ", count: max(0, 8 - size.count)) + size + "   "
      machine.puts(
        UBootText(mark) + entry.name + (entry.isFolder ? [UInt8(ascii: "/")] : []) + [0x0A])
    }
    let folders = entries.filter(\.isFolder).count
    machine.puts("\n\(entries.count - folders) file(s), \(folders) dir(s)\n\n")
    return .success
  }
}

/// `fstype`
enum FileSystemType: UBootCommand {
  static let names = ["fstype"]
  static let mostWords: Int? = 4
  static let usage = "<interface> <dev>:<part> [<varname>]"

  static func run(_ call: CommandCall, on machine: inout Machine) -> CommandResult {
    guard call.count >= 3, let interface = call[1] else { return .usage }
    guard let place = machine.blockDevice(interface, call[2]),
      let found = machine.fileSystem(in: place)
    else { return .failure }
    if let name = call[3] {
      machine.set(name, UBootText(found.kind))
    } else {
      machine.puts(found.kind + "\n")
    }
    return .success
  }
}

/// Files of a network: what a server would give, if there is one.
enum NetworkLoad: UBootCommand {
  static let names = ["tftpboot", "dhcp", "bootp"]
  static let mostWords: Int? = 3
  static let usage = "[loadAddress] [[hostIPaddr:]bootfilename]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let network = machine.media.network else {
      machine.puts("No ethernet found.\n")
      return .failure
    }
    var words = call.words.dropFirst()
    var address = machine.environment["loadaddr"]?.hexadecimal
    if let word = words.first, word.hexadecimalAndRest.rest.isEmpty, !word.isEmpty {
      address = word.hexadecimal
      words = words.dropFirst()
    }
    guard let address else {
      throw .notModelled(command: call.name, reason: "the build's default address is not known")
    }
    guard let name = words.first ?? machine.environment["bootfile"] else {
      machine.puts("*** ERROR: no boot file is named\n")
      return .failure
    }
    let path = name.words.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
    guard let bytes = network[path] ?? network[String(path.drop { $0 == "/" })] else {
      machine.puts("TFTP error: 'File not found' (1)\nNot retrying...\n")
      return .failure
    }
    try machine.load(bytes, of: path, at: address)
    machine.puts("Bytes transferred = \(bytes.count) (\(String(bytes.count, radix: 16)) hex)\n")
    return .success
  }
}
