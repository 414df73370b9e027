import Bytes

extension CommandCall {
  /// The width of a memory command; nil where its ending is none.
  fileprivate var memoryWidth: Int? {
    if case .bytes(let width) = width() { return width }
    return nil
  }
}

/// `cmd/mem.c`
enum MemoryWrite: UBootCommand {
  static let names = ["mw"]
  static let mostWords: Int? = 4
  static let usage = "[.b, .w, .l] address value [count]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let address = call.hexadecimal(1), let value = call.hexadecimal(2) else { return .usage }
    guard let width = call.memoryWidth else { return .failure }
    let count = call.hexadecimal(3) ?? 1
    let item = (0..<width).map { UInt8(truncatingIfNeeded: value >> (UInt64($0) * 8)) }
    try machine.fill(item, count: Int(count), at: address)
    return .success
  }
}

enum MemoryCopy: UBootCommand {
  static let names = ["cp"]
  static let mostWords: Int? = 4
  static let usage = "[.b, .w, .l] source target count"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count == 4, let from = call.hexadecimal(1), let to = call.hexadecimal(2),
      let count = call.hexadecimal(3)
    else { return .usage }
    guard let width = call.memoryWidth else { return .failure }
    guard count > 0 else {
      machine.puts("Zero length ???\n")
      return .failure
    }
    let bytes = try machine.moved(count, of: width, at: from)
    try machine.write(bytes, at: to)
    return .success
  }
}

enum MemoryCompare: UBootCommand {
  static let names = ["cmp"]
  static let mostWords: Int? = 4
  static let usage = "[.b, .w, .l] addr1 addr2 count"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count == 4, let left = call.hexadecimal(1), let right = call.hexadecimal(2),
      let count = call.hexadecimal(3)
    else { return .usage }
    guard let width = call.memoryWidth else { return .failure }
    let kind = width == 4 ? "word" : width == 2 ? "halfword" : "byte"
    let a = try machine.moved(count, of: width, at: left)
    let b = try machine.moved(count, of: width, at: right)
    let differing = zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let good = differing.map { $0 / width } ?? Int(count)
    if good < Int(count) {
      let start = good * width
      let items = [(a, left), (b, right)].map { bytes, address in
        let value = bytes[start..<(start + width)].reversed()
          .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let place = (address + UInt64(start)).address
        return "\(kind) at 0x\(place) (\(padded(value, to: width)))"
      }
      machine.puts(items.joined(separator: " != ") + "\n")
    }
    machine.puts("Total of \(good) \(kind)(s) were the same\n")
    return CommandResult(good == Int(count))
  }

  /// As U-Boot's `%#0*lx` prints it, with the bytes' count for a width, which counts the mark.
  private static func padded(_ value: UInt64, to width: Int) -> String {
    let digits = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, width - 2 - digits.count)) + digits
  }
}

enum MemoryDisplay: UBootCommand {
  static let names = ["md"]
  static let mostWords: Int? = 3
  static let usage = "[.b, .w, .l] address [# of objects]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let address = call.hexadecimal(1) else { return .usage }
    guard let width = call.memoryWidth else { return .failure }
    let count = Int(call.hexadecimal(2) ?? 0x40)
    guard count <= 1 << 20 else { throw .waits("`md` prints for hours") }
    let bytes = try machine.moved(UInt64(count), of: width, at: address)
    for start in stride(from: 0, to: bytes.count, by: 16) {
      let line = bytes[start..<min(start + 16, bytes.count)]
      var text = "\((address + UInt64(start)).address):"
      for item in stride(from: line.startIndex, to: line.endIndex, by: width) {
        let digits = line[item..<(item + width)].reversed().map { byte in
          (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        text += " " + digits.joined()
      }
      text += String(repeating: " ", count: (16 - line.count) / width * (width * 2 + 1)) + "  "
      for byte in line { text.unicodeScalars.append(Self.shown(byte)) }
      machine.puts(text + "\n")
    }
    return .success
  }

  private static func shown(_ byte: UInt8) -> Unicode.Scalar {
    (0x20...0x7E).contains(byte) ? Unicode.Scalar(byte) : "."
  }
}

/// `crc32`: prints the checksum, or puts it into memory, big-endian.
enum Checksum: UBootCommand {
  static let names = ["crc32"]
  static let mostWords: Int? = 4
  static let usage = "address count [addr]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let address = call.hexadecimal(1), let count = call.hexadecimal(2) else { return .usage }
    let bytes = try machine.moved(count, of: 1, at: address)
    let sum = CRC32.checksum(bytes.span.bytes)
    let last = (address &+ count &- 1) & 0xFFFF_FFFF
    machine.puts(
      "crc32 for \(address.address) ... \(last.address) ==> \(UInt64(sum).address)\n")
    if let target = call.hexadecimal(3) {
      var result: [UInt8] = []
      result.append(bigEndian: sum)
      try machine.write(result, at: target)
    }
    return .success
  }
}
