/// The 32-bit cyclic redundancy check of zlib, gzip, U-Boot's images and GPT: polynomial
/// 0xEDB88320 (reflected), initial value and final inversion all ones.
///
/// Source: RFC 1952 section 8; U-Boot `lib/crc32.c`.
public struct CRC32: Sendable {
  private var state: UInt32 = 0xFFFF_FFFF

  public init() {}

  /// The check value of all bytes given so far.
  public var value: UInt32 { ~state }

  /// Takes in more bytes, eight at a time: what each of them does to the value is looked up by itself,
  /// in a table for its distance from the eighth.
  public mutating func update(_ bytes: RawSpan) {
    var state = state
    let table = Self.table.span
    // Eight bits and the number of a table lie within the tables.
    func part(_ number: Int, _ word: UInt32) -> UInt32 {
      table[unchecked: number << 8 | Int(word & 0xFF)]
    }
    func parts(_ word: UInt32, upTo last: Int) -> UInt32 {
      let lower = part(last, word) ^ part(last - 1, word >> 8)
      return lower ^ part(last - 2, word >> 16) ^ part(last - 3, word >> 24)
    }
    var offset = 0
    while let low: UInt32 = bytes.loaded(at: offset),
      let high: UInt32 = bytes.loaded(at: offset + 4)
    {
      let first = state ^ UInt32(littleEndian: low)
      state = parts(first, upTo: 7) ^ parts(UInt32(littleEndian: high), upTo: 3)
      offset += 8
    }
    while let byte: UInt8 = bytes.loaded(at: offset) {
      state = part(0, state ^ UInt32(byte)) ^ (state >> 8)
      offset += 1
    }
    self.state = state
  }

  /// The check value of `bytes`.
  public static func checksum(_ bytes: RawSpan) -> UInt32 {
    var crc = CRC32()
    crc.update(bytes)
    return crc.value
  }

  /// Eight tables of 256 values: what a byte does to the value, then the same with one to seven zero
  /// bytes behind it.
  private static let table: [UInt32] = {
    var table: [UInt32] = (0..<256).map { index in
      (0..<8).reduce(UInt32(index)) { value, _ in
        value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
      }
    }
    for index in 256..<(8 * 256) {
      let value = table[index - 256]
      table.append(table[Int(value & 0xFF)] ^ (value >> 8))
    }
    return table
  }()
}
