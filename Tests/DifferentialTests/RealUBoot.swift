import BootImages
import Foundation

/// Debian's U-Boot 2023.01 in the emulator, put back to the same state before every fragment: at its
/// prompt, the disk found, `devtype`, `devnum` and `distro_bootpart` set as the distro boot does.
///
///     0x40000000  the machine's tree, U-Boot's first stack
///     0x50000000  free for fragments
///     0x6F000000  the environment, exported to be looked at
///     0x70000000  the fragments, as script images
///     0x7DDEB000  U-Boot itself, its stack below
final class RealUBoot {
  static let export: UInt64 = 0x6F00_0000
  /// What U-Boot takes for its own, down from the end of its memory. It counts from its stack's top as it
  /// stands at a command of a script, less what its EFI loader keeps for disks and partitions.
  static let own: UInt64 = 0x7DDE_B000
  static let scripts: UInt64 = 0x7000_0000
  /// What may be printed before a script is taken for an endless one.
  static let mostPrinted = 100_000
  /// The same in seconds. A fragment takes a few milliseconds.
  static let longest = 15.0

  /// Shows the shell's variables, and puts the environment into memory.
  private static let look = "env export -b \(String(export, radix: 16)); showvar"

  private let emulation: Emulation
  private var exported = Data()
  private var addresses: [String: UInt64] = [:]
  private var usages: [(name: String, text: String)] = []
  private(set) var baseline = Baseline()

  /// What the model starts from as well.
  struct Baseline: Sendable {
    var environment: [String: String] = [:]
    /// What `env default -a` makes of it.
    var defaults: [String: String] = [:]
    var variables: [String: String] = [:]
    var commands: Set<String> = []
    /// With Debian's own ending.
    var version = ""
  }

  /// Boots it with these fragments in its memory.
  init(_ firmware: URL, disk: [UInt8], fragments: [Fragment], in folder: URL) throws {
    var memory: [UInt8] = []
    for fragment in fragments {
      addresses[fragment.name] = Self.scripts + UInt64(memory.count)
      memory += try LegacyImage.script(text: fragment.script, name: "", time: 0)
      memory += [UInt8](repeating: 0, count: 64 - memory.count % 64)
    }
    try Data(memory).write(to: folder.appending(path: "scripts"))
    try Data(disk).write(to: folder.appending(path: "disk"))
    try Data(SnapshotDisk.empty).write(to: folder.appending(path: "snapshots"))
    emulation = try Emulation(
      [
        "-M", "virt,virtualization=on,gic-version=2", "-cpu", "cortex-a15", "-m", "1024",
        "-nic", "none", "-bios", firmware.path,
        "-drive", "if=none,id=disk,format=raw,readonly=on,file=\(folder.path)/disk",
        "-device", "virtio-blk-device,drive=disk",
        "-drive", "if=none,id=snapshots,format=qcow2,file=\(folder.path)/snapshots",
        "-device",
        "loader,file=\(folder.path)/scripts,addr=0x\(String(Self.scripts, radix: 16)),force-raw=on",
      ], in: folder)
    do { try settle() } catch {
      emulation.end()
      throw error
    }
  }

  func end() { emulation.end() }

  private func settle() throws {
    try emulation.take(to: "stop autoboot", within: 60)
    emulation.type("x")
    try emulation.take(to: "=> ")
    _ = try answer("virtio scan; setenv devtype virtio; setenv devnum 0; setenv distro_bootpart 1")
    try emulation.monitor("savevm prompt")
    exported = try export(after: "true").bytes
    baseline.environment = Self.environment(in: exported)
    baseline.variables = Self.pairs(try answer("showvar"))
    for line in Observation.text(try answer("help")).split(separator: "\n") {
      if let match = line.firstMatch(of: #/^([a-z0-9]+) +- /#) {
        baseline.commands.insert(String(match.output.1))
      }
    }
    let version = Observation.text(try answer("version"))
    baseline.version =
      version.firstMatch(of: #/U-Boot ([^ ]+) /#).map { String($0.output.1) } ?? ""
    usages = try baseline.commands.sorted()
      .map { (name: $0, text: Observation.text(try answer("help \($0)"))) }
      .sorted { $0.text.count > $1.text.count }
    baseline.defaults = Self.environment(in: try export(after: "env default -a").bytes)
  }

  /// What a line prints that is typed at the prompt.
  private func answer(_ line: String) throws -> Data {
    // In quotes here, so that the echo of the line is not taken for its end.
    emulation.type("\(line); echo @@\"done\"\r")
    try emulation.take(to: "\r\n")
    return Self.lines(try emulation.take(to: "@@done\r\n=> "))
  }

  private func export(after line: String) throws -> (bytes: Data, variables: Data) {
    let variables = try answer("\(line); \(Self.look)")
    return (try emulation.memory(Self.export..<Self.export + 0x4000), variables)
  }

  /// The environment as `env export -b` writes it: ended by zeroes, backslashes doubled.
  private static func environment(in exported: Data) -> [String: String] {
    var variables: [String: String] = [:]
    for entry in exported.split(separator: 0, omittingEmptySubsequences: false) {
      if entry.isEmpty { break }
      var bytes: [UInt8] = []
      var isEscaped = false
      for byte in entry {
        if byte == 0x5C, !isEscaped {
          isEscaped = true
        } else {
          bytes.append(byte)
          isEscaped = false
        }
      }
      let (name, value) = pair(bytes)
      variables[name] = value
    }
    return variables
  }

  // MARK: Fragments

  /// Runs a fragment that it was booted with.
  func observe(_ fragment: Fragment) throws -> Observation {
    guard let address = addresses[fragment.name] else {
      throw Fragment.Fault(description: "\(fragment.name) is not in memory")
    }
    try emulation.restore("prompt")
    let digits = String(address, radix: 16)
    emulation.type("source \(digits); echo @@\"end $?\"; \(Self.look); echo @@\"done\"\r")
    try emulation.take(to: "## Executing script at \(digits)\r\n")
    var ending: (Observation.Ending, count: Int)?
    _ = try emulation.wait(within: Self.longest) { received in
      ending = Self.ending(of: received)
      return ending != nil
    }
    let (way, count) = ending ?? (.endless, emulation.received.count)
    let printed = words(Self.lines(emulation.received.prefix(count)))
    var observation = Observation(ending: way, printed: printed)
    switch way {
    case .returned:
      try emulation.take(to: "@@end ")
      try emulation.take(to: "\r\n")
      let variables = Self.pairs(Self.lines(try emulation.take(to: "@@done\r\n=> ")))
      observation.variables = Observation.changes(from: baseline.variables, to: variables)
      let state = try emulation.memory(Self.export..<Self.export + 0x4000)
      if state != exported {
        observation.environment = Observation.changes(
          from: baseline.environment, to: Self.environment(in: state))
      }
      observation.memory = try fragment.memory.map { Self.hexadecimal(try emulation.memory($0)) }
    case .jumped:
      let handover = try handover()
      (observation.entry, observation.tree) = (handover?.entry, handover?.tree)
    default: break
    }
    return observation
  }

  /// Waits until a kernel stands at its first instruction, which leads to itself; gives its address and
  /// the tree in register 2.
  private func handover() throws -> (entry: UInt64, tree: String)? {
    for _ in 0..<100 {
      let registers = try emulation.monitor("info registers")
      func register(_ name: String) -> UInt64? {
        registers.range(of: "\(name)=").flatMap {
          UInt64(registers[$0.upperBound...].prefix(8), radix: 16)
        }
      }
      guard let entry = register("R15"), let address = register("R02"),
        try emulation.memory(entry..<entry + 4) == Data([0xFE, 0xFF, 0xFF, 0xEA])
      else {
        Thread.sleep(forTimeInterval: 0.02)
        continue
      }
      let header = try emulation.memory(address..<address + 8)
      let size = header[4..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard header.prefix(4) == Data([0xD0, 0x0D, 0xFE, 0xED]), size < 1 << 20 else { return nil }
      return (entry, try TreeText.source(of: try emulation.memory(address..<address + size)))
    }
    return nil
  }

  private static let marks: [(text: Data, ending: Observation.Ending)] = [
    (Data("\r\nStarting kernel ...\r\n".utf8), .jumped), (Data("data abort\r\n".utf8), .aborted),
    (Data("prefetch abort\r\n".utf8), .aborted), (Data("\r\n\r\nU-Boot 2023.01".utf8), .reset),
  ]
  private static let mark = Data("@@end ".utf8)

  private static func ending(of received: Data) -> (Observation.Ending, count: Int)? {
    if let range = received.range(of: mark), received.endIndex > range.upperBound + 2 {
      return (.returned(received[range.upperBound] == 0x30 ? 0 : 1), range.lowerBound)
    }
    for mark in marks {
      if let range = received.range(of: mark.text) { return (mark.ending, range.lowerBound) }
    }
    return received.count > mostPrinted ? (.endless, 1000) : nil
  }

  // MARK: Text

  /// The console's line ends as U-Boot printed them: it puts a return before each newline.
  private static func lines(_ bytes: Data) -> Data {
    var lines = Data()
    for byte in bytes {
      if byte == 0x0A, lines.last == 0x0D { lines.removeLast() }
      lines.append(byte)
    }
    return lines
  }

  /// With the long usage messages, which the model does not have, made short.
  private func words(_ printed: Data) -> String {
    var text = Observation.text(printed)
    if text.contains("Usage:") {
      for usage in usages where usage.text.count > 20 {
        text = text.replacingOccurrences(of: usage.text, with: "<usage of \(usage.name)>\n")
      }
    }
    return ConsoleText.steady(text)
  }

  private static func pair(_ entry: some Collection<UInt8>) -> (String, String) {
    let equals = entry.firstIndex(of: 0x3D) ?? entry.endIndex
    return (Observation.text(entry[..<equals]), Observation.text(entry[equals...].dropFirst()))
  }

  private static func pairs(_ lines: Data) -> [String: String] {
    var pairs: [String: String] = [:]
    for line in lines.split(separator: 0x0A) where line.contains(0x3D) {
      let (name, value) = pair(line)
      pairs[name] = value
    }
    return pairs
  }

  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
