import Hush
public import Measures

/// A board in U-Boot: all that commands see and change.
public struct Machine: Sendable {
  /// Commands that may run before the rehearsal gives up.
  public var mostCommands = 200_000
  /// Bytes that commands may move before the rehearsal gives up.
  public var mostBytes: UInt64 = 4 << 30
  /// Bytes that are printed before printing goes on unheard.
  static let mostOutput = 1 << 22

  public let profile: UBootProfile
  public internal(set) var environment: Environment
  /// `x=5` on a command line: known to the shell alone, and to none of the commands.
  public internal(set) var shellVariables: [UBootText: UBootText] = [:]
  public var memory: GuestMemory
  public let media: Media
  /// Where the tree lies that `fdt` works on.
  public var workingTree: UInt64?
  /// `$?`
  public internal(set) var returnCode = 0
  /// All that was printed.
  public private(set) var output: [UInt8] = []
  /// Filled where `keepsTrace` is set.
  public internal(set) var trace: [TraceEntry] = []
  public var keepsTrace = false
  /// What was loaded where, in order: a later load may lie over an earlier one.
  public internal(set) var loads: [Load] = []
  /// Where the shell could not read a text.
  public internal(set) var syntaxErrors: [ScriptPlace] = []
  static let mostSyntaxErrors = 100

  /// A file that was read into memory.
  public struct Load: Sendable, Hashable {
    public let file: String
    public let range: AddressRange
  }

  var commandCount = 0
  private var byteCount: UInt64 = 0
  var frames: [Frame] = []
  var effects: [Effect] = []
  private let table: CommandTable
  /// The one that was read last; media do not change.
  var volume: OpenVolume?

  public init(
    _ profile: UBootProfile, media: Media = Media(),
    commands: [any UBootCommand.Type] = RehearsedCommands.all
  ) {
    self.profile = profile
    environment = Environment(profile.environment)
    memory = GuestMemory(banks: profile.banks)
    self.media = media
    table = CommandTable(commands, of: profile)
  }

  /// The command that a word means; nil for none.
  func command(named word: UBootText) -> CommandTable.Match? { table.match(word) }

  public mutating func puts(_ text: String) { puts(Array(text.utf8)) }

  public mutating func puts(_ bytes: UBootText) {
    guard output.count < Self.mostOutput else { return }
    output += bytes
  }
}

extension Machine {
  /// Sets a variable of the environment. What its name may be, `setenv` itself looks at.
  public mutating func set(_ name: UBootText, _ value: UBootText) {
    environment[name] = value
    effects.append(.set(name: name, value: value))
  }

  public mutating func set(_ name: String, _ value: UBootText) { set(UBootText(name), value) }

  /// `env_set_hex`
  public mutating func set(_ name: String, hexadecimal value: UInt64) { set(name, .hex(value)) }

  /// Whether it was there.
  @discardableResult
  public mutating func unset(_ name: UBootText) -> Bool {
    guard environment[name] != nil else { return false }
    environment[name] = nil
    effects.append(.deleted(name: name))
    return true
  }

  /// Takes note of what a command does, for the trace.
  public mutating func note(_ effect: Effect) { effects.append(effect) }

  /// Bytes of the board's memory.
  public func bytes(_ count: Int, at address: UInt64) throws(MachineStop) -> [UInt8] {
    do throws(GuestMemory.Outside) {
      return try memory.read(count, at: address)
    } catch {
      throw .outsideMemory(address: error.address, count: error.count)
    }
  }

  /// Puts bytes into the board's memory, but not over U-Boot itself.
  public mutating func write(_ bytes: [UInt8], at address: UInt64) throws(MachineStop) {
    try charge(bytes.count)
    do throws(GuestMemory.Outside) {
      try memory.write(bytes, at: address)
    } catch {
      throw .outsideMemory(address: error.address, count: error.count)
    }
    try wrote(bytes.count, at: address)
  }

  /// Puts the same item into the board's memory, `count` times.
  mutating func fill(_ item: [UInt8], count: Int, at address: UInt64) throws(MachineStop) {
    do throws(GuestMemory.Outside) {
      try memory.fill(item, count: count, at: address)
    } catch {
      throw .outsideMemory(address: error.address, count: error.count)
    }
    try wrote(item.count * count, at: address)
  }

  private mutating func wrote(_ count: Int, at address: UInt64) throws(MachineStop) {
    guard count > 0, let range = AddressRange(start: Address(address), size: ByteCount(count))
    else { return }
    if let own = profile.own, own.overlaps(range) { throw .overwroteUBoot(range) }
    effects.append(.wrote(range))
  }

  /// Counts what is moved: a loop of a few commands can move more than anybody waits for.
  mutating func charge(_ count: Int) throws(MachineStop) {
    byteCount += UInt64(max(0, count))
    guard byteCount <= mostBytes else { throw .movesTooMuch(mostBytes) }
  }

  /// Bytes of the board's memory that a command goes through.
  mutating func moved(_ count: UInt64, of width: Int, at address: UInt64) throws(MachineStop)
    -> [UInt8]
  {
    let (size, overflows) = count.multipliedReportingOverflow(by: UInt64(width))
    let bytes = Int(clamping: overflows ? .max : size)
    guard memory.holds(bytes, at: address) else {
      throw .outsideMemory(address: address, count: bytes)
    }
    try charge(bytes)
    return try self.bytes(bytes, at: address)
  }

  /// Puts a file into memory, and sets `fileaddr` and `filesize` as all commands that load do.
  public mutating func load(
    _ bytes: [UInt8], of file: String, at address: UInt64
  ) throws(MachineStop) {
    try write(bytes, at: address)
    if let range = AddressRange(start: Address(address), size: ByteCount(bytes.count)) {
      loads.append(Load(file: file, range: range))
      effects.removeLast(bytes.isEmpty ? 0 : 1)
      effects.append(.loaded(file: file, range))
    }
    set("fileaddr", hexadecimal: address)
    set("filesize", hexadecimal: UInt64(bytes.count))
  }
}
