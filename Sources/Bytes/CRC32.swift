/// The 32-bit cyclic redundancy check of zlib, gzip, U-Boot's images and GPT: polynomial
/// 0xEDB88320 (reflected), initial value and final inversion all ones.
///
/// Source: RFC 1952 section 8; U-Boot `lib/crc32.c`.
public struct CRC32: Sendable {
  private var state: UInt32 = 0xFFFF_FFFF

  public init() {}

  /// The check value of all bytes given so far.
  public var value: UInt32 { ~state }

  /// Takes in more bytes.
  public mutating func update(_ bytes: RawSpan) {
    var state = state
    let table = Self.table
    for index in 0..<bytes.byteCount {
      let byte = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt8.self)
      state = table[Int((state ^ UInt32(byte)) & 0xFF)] ^ (state >> 8)
    }
    self.state = state
  }

  /// The check value of `bytes`.
  public static func checksum(_ bytes: RawSpan) -> UInt32 {
    var crc = CRC32()
    crc.update(bytes)
    return crc.value
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }
}
