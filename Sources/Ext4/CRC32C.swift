import Bytes

/// The 32-bit cyclic redundancy check of ext4's metadata: polynomial 0x82F63B78 (reflected), and,
/// unlike most uses, without a final inversion, so that one check can be the seed of the next.
///
/// Eight bytes at a time, by eight tables. Source: RFC 3720 appendix B.4 for the polynomial; Linux
/// `ext4_chksum` for the missing inversion.
struct CRC32C {
  /// The check of all bytes so far; all ones before the first.
  private(set) var value: UInt32

  init(seed: UInt32 = 0xFFFF_FFFF) { value = seed }

  mutating func update(_ bytes: RawSpan) {
    let tables = Self.tables.span.bytes
    /// `index` has one table's 256 numbers, so the load cannot stray.
    func look(_ table: Int, _ index: UInt32) -> UInt32 {
      tables.unsafeLoadUnaligned(
        fromByteOffset: (table << 8 | Int(index & 0xFF)) << 2, as: UInt32.self)
    }
    var crc = value
    var offset = 0
    while bytes.byteCount - offset >= 8 {
      let low =
        crc
        ^ UInt32(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
      let high = UInt32(
        littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
      let first = look(7, low) ^ look(6, low >> 8) ^ look(5, low >> 16) ^ look(4, low >> 24)
      let second = look(3, high) ^ look(2, high >> 8) ^ look(1, high >> 16) ^ look(0, high >> 24)
      crc = first ^ second
      offset += 8
    }
    while offset < bytes.byteCount {
      let byte = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt8.self)
      crc = look(0, crc ^ UInt32(byte)) ^ (crc >> 8)
      offset += 1
    }
    value = crc
  }

  mutating func update(_ bytes: [UInt8]) { update(bytes.span.bytes) }

  /// Takes in the number's four bytes, lowest first.
  mutating func update(littleEndian number: UInt32) {
    var crc = value ^ number
    for _ in 0..<4 { crc = Self.tables[Int(crc & 0xFF)] ^ (crc >> 8) }
    value = crc
  }

  /// Table k holds the check of a byte with k zero bytes behind it.
  private static let tables: [UInt32] = {
    var tables: [UInt32] = (0..<256).map { index in
      var value = UInt32(index)
      for _ in 0..<8 { value = value & 1 == 1 ? 0x82F6_3B78 ^ (value >> 1) : value >> 1 }
      return value
    }
    for index in 256..<2048 {
      let before = tables[index - 256]
      tables.append(tables[Int(before & 0xFF)] ^ (before >> 8))
    }
    return tables
  }()
}
