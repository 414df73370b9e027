import Bytes

/// The table of sections of an ELF file, little endian, of 32 or 64 bits, as far as finding one by its
/// name takes.
///
///                          32 bits   64 bits
///     machine                 0x12      0x12    2 bytes
///     offset of the table     0x20      0x28    4 or 8 bytes
///     size of an entry        0x2e      0x3a    2 bytes
///     number of entries       0x30      0x3c    2 bytes
///     entry of the names      0x32      0x3e    2 bytes
///
///     entry: name             0x00      0x00    4 bytes, an offset into the names
///            offset           0x10      0x18    4 or 8 bytes
///            size             0x14      0x20    4 or 8 bytes
///
/// Source: System V ABI, chapter 4, "Object Files".
struct ELFSections {
  /// What the code is for, as ELF numbers it: 40 is ARM, 183 is AArch64.
  let machine: UInt16
  private let wide: Bool
  private let table: Int
  private let entrySize: Int
  private let count: Int
  private let names: Range<Int>

  /// Nil where the file has no such table, or one that leaves it.
  init?(_ bytes: RawSpan) {
    // Class 1 or 2 and data 1, little endian.
    guard bytes.matches("\u{7F}ELF", at: 0), let kind = try? bytes.byte(at: 4),
      kind == 1 || kind == 2, (try? bytes.byte(at: 5)) == 1
    else { return nil }
    wide = kind == 2
    guard let machine = try? bytes.littleEndianUInt16(at: 0x12),
      let table = Self.word(bytes, at: wide ? 0x28 : 0x20, wide),
      let entrySize = try? bytes.littleEndianUInt16(at: wide ? 0x3A : 0x2E),
      let count = try? bytes.littleEndianUInt16(at: wide ? 0x3C : 0x30),
      let nameEntry = try? bytes.littleEndianUInt16(at: wide ? 0x3E : 0x32),
      entrySize >= (wide ? 64 : 40), nameEntry < count,
      // Two numbers of 16 bits do not overflow when multiplied.
      bytes.holds(Int(entrySize) * Int(count), at: table)
    else { return nil }
    self.machine = machine
    self.table = table
    self.entrySize = Int(entrySize)
    self.count = Int(count)
    guard
      let names = Self.content(bytes, ofEntryAt: table + Int(nameEntry) * Int(entrySize), wide)
    else { return nil }
    self.names = names
  }

  /// The bytes of the first section with this name.
  func section(named name: StaticString, in bytes: RawSpan) -> Range<Int>? {
    for index in 0..<count {
      let entry = table + index * entrySize
      guard let offset = try? bytes.littleEndianUInt32(at: entry),
        // The names' own size is below the file's, so the sum cannot overflow.
        Int(offset) < names.count,
        bytes.matches(name, at: names.lowerBound + Int(offset)),
        (try? bytes.byte(at: names.lowerBound + Int(offset) + name.utf8CodeUnitCount)) == 0
      else { continue }
      return Self.content(bytes, ofEntryAt: entry, wide)
    }
    return nil
  }

  private static func content(
    _ bytes: RawSpan, ofEntryAt entry: Int, _ wide: Bool
  ) -> Range<Int>? {
    guard let offset = word(bytes, at: entry + (wide ? 0x18 : 0x10), wide),
      let size = word(bytes, at: entry + (wide ? 0x20 : 0x14), wide), bytes.holds(size, at: offset)
    else { return nil }
    return offset..<(offset + size)
  }

  /// An address or size of the file's class; nil where it is not there or beyond all memory.
  private static func word(_ bytes: RawSpan, at offset: Int, _ wide: Bool) -> Int? {
    guard wide else { return (try? bytes.littleEndianUInt32(at: offset)).map(Int.init) }
    return (try? bytes.littleEndianUInt64(at: offset)).flatMap(Int.init(exactly:))
  }
}
