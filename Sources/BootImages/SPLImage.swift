import Bytes
public import Measures

/// The first program on an Allwinner card: what the chip's boot ROM loads into SRAM and checks.
/// U-Boot calls it its SPL. Little endian.
///
///     0x00  branch over this header
///     0x04  "eGON.BT0"
///     0x0C  checksum
///     0x10  length of the whole, a multiple of 512
///     0x14  "SPL", version byte: upper 3 bits major, lower 5 minor
///     0x20  offset of the tree's name (from version 0.2)
///     0x60  code
///
/// The checksum is the sum of all 32-bit words in the length, modulo 2^32, while the checksum's
/// own word holds a stamp.
///
/// Source: U-Boot `include/sunxi_image.h`, `tools/sunxi_egon.c`.
public struct SPLImage: Sendable, Hashable {
  static let stamp: UInt32 = 0x5F0A_6C39
  static let headerSize = 0x60

  /// Length of the SPL, header included; the file may go on behind it.
  public let length: ByteCount
  public let checksum: UInt32
  /// Version of U-Boot's part of the header; nil where another program made the file.
  public let headerVersion: HeaderVersion?
  /// Name of the device tree it was built for: `sun7i-a20-cubietruck`.
  public let treeName: String?

  public struct HeaderVersion: Sendable, Hashable, CustomStringConvertible {
    public let major: Int
    public let minor: Int
    public var description: String { "\(major).\(minor)" }
  }

  /// Reads the SPL at the start of `bytes` and checks its sum.
  public init(parsing bytes: RawSpan) throws(SPLError) {
    guard Self.isOne(bytes) else { throw .notSPL }
    let available = ByteCount(bytes.byteCount)
    guard let stored = try? bytes.littleEndianUInt32(at: 0x0C),
      let size = try? bytes.littleEndianUInt32(at: 0x10),
      bytes.holds(Self.headerSize, at: 0)
    else { throw .truncated(length: ByteCount(Self.headerSize), available: available) }

    length = ByteCount(UInt64(size))
    guard size > 0, size % 512 == 0 else { throw .badLength(length) }
    guard length <= available else { throw .truncated(length: length, available: available) }
    checksum = Self.checksum(bytes, length: Int(size))
    guard checksum == stored else { throw .badChecksum(stored: stored, computed: checksum) }

    headerVersion = Self.headerVersion(in: bytes)
    treeName = headerVersion.flatMap { Self.treeName(in: bytes, version: $0, length: Int(size)) }
  }

  /// Whether the boot ROM's magic text stands at its place.
  static func isOne(_ bytes: RawSpan) -> Bool { bytes.matches("eGON.BT0", at: 4) }

  /// The sum over `length` bytes, a multiple of 4, with the stamp in the checksum's place.
  static func checksum(_ bytes: RawSpan, length: Int) -> UInt32 {
    var sum: UInt32 = 0
    for offset in stride(from: 0, to: length, by: 4) {
      let word = offset == 0x0C ? stamp : (try? bytes.littleEndianUInt32(at: offset)) ?? 0
      sum &+= word
    }
    return sum
  }

  private static func headerVersion(in bytes: RawSpan) -> HeaderVersion? {
    guard bytes.matches("SPL", at: 0x14), let byte = try? bytes.byte(at: 0x17) else { return nil }
    return HeaderVersion(major: Int(byte >> 5), minor: Int(byte & 0x1F))
  }

  private static func treeName(
    in bytes: RawSpan, version: HeaderVersion, length: Int
  ) -> String? {
    guard (version.major, version.minor) >= (0, 2),
      let offset = try? bytes.littleEndianUInt32(at: 0x20),
      Int(offset) >= 0x24, Int(offset) < length
    else { return nil }
    let name = bytes.printableText(at: Int(offset), limit: min(64, length - Int(offset)))
    return name.isEmpty ? nil : name
  }
}
