import BootImages
import Bytes
import Measures

/// `source`: runs a script image that lies in memory (`cmd/source.c`). Images of the newer kind, FIT,
/// are not played.
enum Source: UBootCommand {
  static let names = ["source"]
  static let usage = "[addr]"
  static let mostWords: Int? = 2

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let word = call[1] else {
      throw .notModelled(command: "source", reason: "the build's default address is not known")
    }
    let address = word.hexadecimal
    machine.puts("## Executing script at \(word.address)\n")
    let header = try machine.bytes(LegacyImage.headerSize, at: address)
    if header.bigEndianUInt32(at: 0) == 0xD00D_FEED {
      throw .notModelled(command: "source", reason: "the image is a FIT")
    }
    guard header.bigEndianUInt32(at: 0) == 0x2705_1956, let size = header.bigEndianUInt32(at: 12)
    else {
      machine.puts("Wrong image format for \"source\" command\n")
      return .failure
    }
    let bytes = try machine.bytes(LegacyImage.headerSize + Int(size), at: address)
    var unsigned = header
    unsigned.replaceSubrange(4..<8, with: [0, 0, 0, 0])
    guard CRC32.checksum(unsigned.span.bytes) == header.bigEndianUInt32(at: 4) else {
      machine.puts("Bad header crc\n")
      return .failure
    }
    let payload = Array(bytes[LegacyImage.headerSize...])
    if machine.environment.isYes("verify") != false,
      CRC32.checksum(payload.span.bytes) != header.bigEndianUInt32(at: 24)
    {
      machine.puts("Bad data crc\n")
      return .failure
    }
    guard header[30] == LegacyImage.Kind.script.rawValue else {
      machine.puts("Bad image type\n")
      return .failure
    }
    guard let length = payload.bigEndianUInt32(at: 0), length > 0 else {
      machine.puts("Empty Script\n")
      return .failure
    }
    // A table of lengths that a zero ends, then the text.
    var start = 0
    while let entry = payload.bigEndianUInt32(at: start) {
      start += 4
      if entry == 0 { break }
    }
    let text = try machine.bytes(
      Int(length), at: address + UInt64(LegacyImage.headerSize) + UInt64(start))
    let name = machine.loads.last { $0.range.start.rawValue == address }?.file
    let code = try machine.run(script: text, from: .script(name ?? "script at \(word.address)"))
    return CommandResult(code == 0)
  }
}

extension UBootText {
  /// As `%08lx` prints the number that the word stands for.
  var address: String { hexadecimal.address }
}

extension UInt64 {
  /// As `%08lx` prints it.
  var address: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: Swift.max(0, 8 - digits.count)) + digits
  }
}
