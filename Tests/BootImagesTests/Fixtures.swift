import Bytes

/// Small images, made here so that no binary is committed. Each is right unless an argument makes
/// it wrong.
enum Fixture {
  /// A zImage of `fileSize` bytes whose header claims `claims` of them, or all.
  static func zImage(
    fileSize: Int = 4096, claims: Int? = nil, start: UInt32 = 0
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<8 { bytes.append(littleEndian: 0xE1A0_0000 as UInt32) }
    bytes.append(littleEndian: 0xEA00_0002 as UInt32)
    bytes.append(littleEndian: 0x016F_2818 as UInt32)
    bytes.append(littleEndian: start)
    bytes.append(littleEndian: start &+ UInt32(claims ?? fileSize))
    return bytes + [UInt8](repeating: 0, count: max(0, fileSize - bytes.count))
  }

  /// Xen: a zImage that claims more than its file, with Xen's texts in it.
  static func xen(version: String = "4.17") -> [UInt8] {
    var bytes = zImage(fileSize: 2048, claims: 4096)
    bytes += Array("Xen version %d.%d%s\0xen,xen-\(version)\0xen,xen\0".utf8)
    bytes.pad(to: 512)
    return bytes
  }

  static func arm64Image() -> [UInt8] {
    var bytes = Array("MZ".utf8) + [UInt8](repeating: 0, count: 54)
    bytes.append(littleEndian: 0x644D_5241 as UInt32)
    return bytes + [UInt8](repeating: 0, count: 64)
  }

  /// An SPL with the right sum.
  static func spl(length: Int = 8192, version: UInt8 = 2, tree: String = "board-tree") -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: 0xEA00_0016 as UInt32)
    bytes += Array("eGON.BT0".utf8)
    bytes.append(littleEndian: 0x5F0A_6C39 as UInt32)
    bytes.append(littleEndian: UInt32(length))
    bytes += Array("SPL".utf8) + [version]
    bytes += [UInt8](repeating: 0, count: 8)
    bytes.append(littleEndian: 0x2C as UInt32)
    bytes += [UInt8](repeating: 0, count: 8)
    bytes.append(tree, width: 52, padding: 0)
    while bytes.count < length { bytes.append(UInt8(truncatingIfNeeded: bytes.count &* 7)) }

    var sum: UInt32 = 0
    for word in stride(from: 0, to: length, by: 4) {
      sum &+= (0..<4).reduce(0) { $0 | UInt32(bytes[word + $1]) << UInt32(8 * $1) }
    }
    replace(&bytes, at: 0x0C, littleEndian: sum)
    return bytes
  }

  /// A legacy image around `payload`.
  static func legacy(
    type: UInt8, os: UInt8 = 17, payload: [UInt8], name: String = "fixture"
  ) -> [UInt8] {
    func header(checksum: UInt32) -> [UInt8] {
      var bytes: [UInt8] = []
      for word in [0x2705_1956, checksum, 1_000_000_000, UInt32(payload.count)] as [UInt32] {
        bytes.append(bigEndian: word)
      }
      bytes.append(bigEndian: 0x4A00_0000 as UInt32)
      bytes.append(bigEndian: 0x4A00_0040 as UInt32)
      bytes.append(bigEndian: CRC32.checksum(payload.span.bytes))
      bytes += [os, 2, type, 0]
      bytes.append(name, width: 32, padding: 0)
      return bytes
    }
    return header(checksum: CRC32.checksum(header(checksum: 0).span.bytes)) + payload
  }

  static let uBootText = "U-Boot 2023.01+test (Jun 22 2026 - 08:38:07 +0000)"

  /// Plain U-Boot: an ARM branch, and somewhere its version.
  static func uBoot() -> [UInt8] {
    [0xB8, 0, 0, 0xEA] + [UInt8](repeating: 0, count: 700) + Array("\(uBootText) Board\0".utf8)
  }

  /// SPL, padding, and U-Boot proper as a legacy image.
  static func bootloader(payload: [UInt8]? = nil, splLength: Int = 8192) -> [UInt8] {
    var bytes = spl(length: splLength)
    bytes += [UInt8](repeating: 0xFF, count: max(0, 0x8000 - bytes.count))
    return bytes + (payload ?? legacy(type: 5, payload: uBoot()))
  }

  static func tree(size: UInt32 = 72) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: 0xD00D_FEED as UInt32)
    bytes.append(bigEndian: size)
    return bytes + [UInt8](repeating: 0, count: 64)
  }

  /// `gzip` of "hello\n" with its name and time.
  static func gzip() -> [UInt8] {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 8]
    bytes.append(littleEndian: 1_000_000_000 as UInt32)
    bytes += [0, 3] + Array("hello.txt\0".utf8)
    bytes += [0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0xE7, 0x02, 0x00, 0x20, 0x30, 0x3A, 0x36, 6, 0, 0, 0]
    return bytes
  }

  static func elf(machine: UInt16, bigEndian: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = Array("\u{7F}ELF".utf8) + [1, bigEndian ? 2 : 1, 1]
    bytes += [UInt8](repeating: 0, count: 18 - bytes.count)
    if bigEndian { bytes.append(bigEndian: machine) } else { bytes.append(littleEndian: machine) }
    return bytes + [UInt8](repeating: 0, count: 32)
  }

  static func replace(_ bytes: inout [UInt8], at offset: Int, littleEndian value: UInt32) {
    var word: [UInt8] = []
    word.append(littleEndian: value)
    bytes.replaceSubrange(offset..<offset + 4, with: word)
  }

  /// The bytes with one of them put at `offset`.
  static func at(_ offset: Int, _ inserted: [UInt8], size: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    bytes.replaceSubrange(offset..<offset + inserted.count, with: inserted)
    return bytes
  }
}
