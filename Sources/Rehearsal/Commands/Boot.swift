import BootImages
import Bytes
import Measures

/// `bootz ADDRESS [INITRD[:SIZE]|-] [TREE]` (`cmd/bootz.c`): a zImage is entered where it lies.
enum BootZ: UBootCommand {
  static let names = ["bootz"]
  static let usage = "[addr [initrd[:size]] [fdt]]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let word = call[1] else {
      throw .notModelled(command: "bootz", reason: "the build's default address is not known")
    }
    let address = word.hexadecimal
    let header = try machine.bytes(0x30, at: address)
    let magic = header.littleEndianUInt32(at: 0x24)
    guard magic == 0x016F_2818 || magic == 0x0078_6F62 else {
      machine.puts("zimage: Bad magic!\n")
      return .failure
    }
    let start = header.littleEndianUInt32(at: 0x28) ?? 0
    let end = header.littleEndianUInt32(at: 0x2C) ?? 0
    let size = UInt64(end &- start)
    machine.puts(
      "Kernel image @ 0x\(address.digits(6)) [ 0x\(UInt64(start).digits(6)) - 0x\(UInt64(end).digits(6)) ]\n"
    )
    var boot = Boot(command: "bootz", entry: address, kernel: (address, size))
    return try boot.run(initrd: call[2], tree: call[3], on: &machine)
  }
}

/// `bootm ADDRESS [INITRD|-] [TREE]` (`cmd/bootm.c`): a legacy image, moved to where it says.
enum BootM: UBootCommand {
  static let names = ["bootm"]
  static let usage = "[addr [arg ...]]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let word = call[1] else {
      throw .notModelled(command: "bootm", reason: "the build's default address is not known")
    }
    let address = word.hexadecimal
    guard let image = try machine.legacyImage(at: address) else {
      machine.puts("Wrong Image Format for bootm command\nERROR: can't get kernel image!\n")
      return .failure
    }
    machine.puts("## Booting kernel from Legacy Image at \(address.address) ...\n")
    guard machine.isSound(image, at: address) else {
      machine.puts("ERROR: can't get kernel image!\n")
      return .failure
    }
    guard image.kind == .kernel || image.kind == .kernelInPlace else {
      machine.puts("Wrong Image Type for bootm command\nERROR: can't get kernel image!\n")
      return .failure
    }
    guard image.compression == .none else {
      throw .notModelled(command: "bootm", reason: "compressed images are not unpacked")
    }
    let payload = address + UInt64(LegacyImage.headerSize)
    let size = UInt64(image.payload.count)
    var entry = image.entry.rawValue
    var load = image.load.rawValue
    if image.kind == .kernelInPlace {
      load = payload
      entry = payload
    } else if load != payload {
      let bytes = try machine.bytes(Int(size), at: payload)
      machine.puts("   Loading Kernel Image\n")
      if let longest = machine.profile.longestKernel, size > longest {
        machine.puts(
          "Image too large: increase CONFIG_SYS_BOOTM_LEN\nMust RESET board to recover\n")
        throw .reset
      }
      try machine.write(bytes, at: load)
    }
    var boot = Boot(command: "bootm", entry: entry, kernel: (load, size))
    return try boot.run(initrd: call[2], tree: call[3], on: &machine)
  }
}

/// `go ADDRESS`: a program is entered as a function, without a tree.
enum Go: UBootCommand {
  static let names = ["go"]
  static let usage = "addr [arg ...]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let address = call.hexadecimal(1) else { return .usage }
    machine.puts("## Starting application at 0x\(address.address) ...\n")
    throw .jumped(
      BootHandover(
        command: "go", entry: Address(address), treeAddress: nil, tree: [], isHYP: false))
  }
}

/// `iminfo ADDRESS`
enum ImageInfo: UBootCommand {
  static let names = ["iminfo"]
  static let usage = "addr [addr ...]"

  static func run(
    _ call: CommandCall, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard call.count > 1 else {
      throw .notModelled(command: "iminfo", reason: "the build's default address is not known")
    }
    var isWhole = true
    for word in call.words.dropFirst() {
      machine.puts("\n## Checking Image at \(word.address) ...\n")
      if try machine.isTreeHeader(at: word.hexadecimal) {
        throw .notModelled(command: "iminfo", reason: "the image is a FIT")
      }
      guard let image = try machine.legacyImage(at: word.hexadecimal) else {
        machine.puts("Unknown image format!\n")
        isWhole = false
        continue
      }
      machine.puts("   Legacy image found\n")
      if !machine.isSound(image, at: word.hexadecimal, indent: "   ") { isWhole = false }
    }
    return CommandResult(isWhole)
  }
}

extension Machine {
  func isTreeHeader(at address: UInt64) throws(MachineStop) -> Bool {
    try bytes(4, at: address) == [0xD0, 0x0D, 0xFE, 0xED]
  }

  /// The image that lies there, whatever its sums say; nil where there is no magic number.
  func legacyImage(at address: UInt64) throws(MachineStop) -> LegacyImage? {
    let header = try bytes(LegacyImage.headerSize, at: address)
    guard header.bigEndianUInt32(at: 0) == 0x2705_1956, let size = header.bigEndianUInt32(at: 12)
    else { return nil }
    let bytes = try bytes(LegacyImage.headerSize + Int(size), at: address)
    return try? LegacyImage(parsing: bytes.span.bytes, checkingSums: false)
  }

  /// Whether header and data have the sums that they say; tells what is wrong. `verify` set to no
  /// leaves the data out.
  mutating func isSound(
    _ image: LegacyImage, at address: UInt64, indent: String = ""
  ) -> Bool {
    guard
      let bytes = try? memory.read(LegacyImage.headerSize + image.payload.count, at: address)
    else { return false }
    var header = Array(bytes[..<LegacyImage.headerSize])
    let wanted = header.bigEndianUInt32(at: 4)
    header.replaceSubrange(4..<8, with: [0, 0, 0, 0])
    guard CRC32.checksum(header.span.bytes) == wanted else {
      puts("\(indent)Bad Header Checksum\n")
      return false
    }
    guard environment.isYes("verify") != false else { return true }
    puts("   Verifying Checksum ... ")
    let data = Array(bytes[LegacyImage.headerSize...])
    guard CRC32.checksum(data.span.bytes) == header.bigEndianUInt32(at: 24) else {
      puts("\(indent)Bad Data CRC\n")
      return false
    }
    puts("OK\n")
    return true
  }
}
