import Bytes

extension ImageKind {
  /// Tells what the whole file `bytes` is. The order matters: kernels that UEFI can start are
  /// Windows programs by their first bytes as well, so kernels are looked for first.
  public static func recognise(_ bytes: RawSpan) -> ImageKind {
    if bytes.isEmpty { return .empty }
    return kernel(bytes) ?? bootFile(bytes) ?? compressed(bytes) ?? archive(bytes)
      ?? program(bytes) ?? text(bytes) ?? uBootOrDisk(bytes) ?? .unknown
  }

  private static func kernel(_ bytes: RawSpan) -> ImageKind? {
    if (try? bytes.littleEndianUInt32(at: 0x24)) == ZImage.magic {
      return XenImage.version(in: bytes).map { .xen($0) } ?? .zImage
    }
    if ARM64Image.isOne(bytes) {
      return XenImage.version(in: bytes).map { .arm64Xen($0) } ?? .arm64Image
    }
    // Linux Documentation/arch/x86/boot.rst.
    return bytes.matches("HdrS", at: 0x202) ? .x86Kernel : nil
  }

  private static func bootFile(_ bytes: RawSpan) -> ImageKind? {
    if SPLImage.isOne(bytes) { return .spl }
    if FlatTreeHeader.isOne(bytes) { return .deviceTree }
    guard LegacyImage.isOne(bytes) else { return nil }
    let kind = LegacyImage.Kind(rawValue: (try? bytes.byte(at: 30)) ?? 0)
    return kind == .script ? .bootScript : .uImage(kind)
  }

  private static func compressed(_ bytes: RawSpan) -> ImageKind? {
    let first = (try? bytes.bigEndianUInt32(at: 0)) ?? 0
    switch first {
    case 0x1F8B_0000...0x1F8B_FFFF: return .compressed(.gzip)
    case 0xFD37_7A58: return .compressed(.xz)
    case 0x28B5_2FFD: return .compressed(.zstd)
    case 0x425A_6831...0x425A_6839: return .compressed(.bzip2)  // BZh1 to BZh9
    case 0x0422_4D18, 0x0221_4C18: return .compressed(.lz4)  // the second is the kernel's own
    case 0x5D00_0000...0x5D00_00FF: return .compressed(.lzma)
    case 0x894C_5A4F: return .compressed(.lzop)
    default: return nil
    }
  }

  private static func archive(_ bytes: RawSpan) -> ImageKind? {
    for magic: StaticString in ["070701", "070702", "070707"] where bytes.matches(magic, at: 0) {
      return .cpioArchive
    }
    if bytes.matches("!<arch>\ndebian", at: 0) { return .debianPackage }
    return bytes.matches("ustar", at: 257) ? .tarArchive : nil
  }

  private static func program(_ bytes: RawSpan) -> ImageKind? {
    if bytes.matches("MZ", at: 0) { return .peExecutable }
    guard bytes.matches("\u{7F}ELF", at: 0) else { return nil }
    let isBigEndian = (try? bytes.byte(at: 5)) == 2
    let low = (try? bytes.byte(at: isBigEndian ? 19 : 18)) ?? 0
    let high = (try? bytes.byte(at: isBigEndian ? 18 : 19)) ?? 0
    return .elf(machine: machineName(UInt16(high) << 8 | UInt16(low)))
  }

  /// Source: the ELF specification's `e_machine` list.
  private static func machineName(_ number: UInt16) -> String {
    switch number {
    case 3: "32-bit x86"
    case 8: "MIPS"
    case 20, 21: "PowerPC"
    case 40: "32-bit ARM"
    case 62: "64-bit x86"
    case 183: "64-bit ARM"
    case 243: "RISC-V"
    default: "machine \(number)"
    }
  }

  /// A text has no control characters but those that lay it out. The first 64 KiB decide.
  private static func text(_ bytes: RawSpan) -> ImageKind? {
    let start = bytes.bytes(in: 0..<65_536)
    let isText = start.allSatisfy { byte in
      byte >= 0x20 && byte != 0x7F || (0x09...0x0D).contains(byte)
    }
    // Bytes above 0x7F must be UTF-8, but a letter may be cut where the 64 KiB end.
    guard isText, isUTF8(start) else { return nil }
    return bytes.firstOffset(of: "/dts-v1/") == nil ? .text : .deviceTreeSource
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    (0...3).contains { cut in String(validating: bytes.dropLast(cut), as: UTF8.self) != nil }
  }

  private static func uBootOrDisk(_ bytes: RawSpan) -> ImageKind? {
    // A first partition that is used: its status is 0 or 0x80, its type is not 0.
    if bytes.matches("U", at: 510), (try? bytes.byte(at: 511)) == 0xAA,
      let status = try? bytes.byte(at: 446), status & 0x7F == 0,
      let type = try? bytes.byte(at: 450), type != 0
    {
      return .diskImage
    }
    return UBootVersion(searching: bytes).map { .uBoot($0) }
  }
}
