import Bytes

/// A name as a folder holds it: the old 8.3 name, and before it as many entries as the long name
/// takes, last part first.
///
///     long entry    order | 5 units | 0x0F | 0 | checksum | 6 units | 0 0 | 2 units
///     short entry   8 + 3 bytes | attributes | ... times, first cluster, size
///
/// Source: Microsoft FAT specification 1.03, "Long Directory Entries".
struct FATName: Sendable, Hashable {
  static let slotSize = 32
  private static let unitsPerSlot = 13

  /// Eleven bytes: base and extension, each padded with blanks, without a dot.
  let short: [UInt8]
  /// UTF-16; empty where the short name says it all.
  let long: [UInt16]

  init(_ name: String, short: [UInt8]) {
    self.short = short
    long = Self.spelled(short) == Array(name.utf8) ? [] : Array(name.utf16)
  }

  private init(short: [UInt8]) {
    self.short = short
    long = []
  }

  /// The entry that stands for a folder itself.
  static let itself = FATName(short: Array(".          ".utf8))
  /// The entry that stands for the folder above.
  static let above = FATName(short: Array("..         ".utf8))
  /// The name of the entry that holds the volume's label.
  static func label(_ padded: [UInt8]) -> FATName { FATName(short: padded) }

  /// Entries of 32 bytes that the name takes, the short one included.
  var slots: Int { 1 + (long.count + Self.unitsPerSlot - 1) / Self.unitsPerSlot }

  /// The long entries, ready to stand before the short one.
  var longEntries: [UInt8] {
    var out: [UInt8] = []
    let check = checksum
    for part in stride(from: slots - 1, to: 0, by: -1) {
      let first = (part - 1) * Self.unitsPerSlot
      var units = Array(long.dropFirst(first).prefix(Self.unitsPerSlot))
      if units.count < Self.unitsPerSlot { units.append(0) }
      units += repeatElement(0xFFFF, count: Self.unitsPerSlot - units.count)
      out.append(UInt8(truncatingIfNeeded: part) | (part == slots - 1 ? 0x40 : 0))
      for unit in units[0..<5] { out.append(littleEndian: unit) }
      out += [0x0F, 0, check]
      for unit in units[5..<11] { out.append(littleEndian: unit) }
      out += [0, 0]
      for unit in units[11..<13] { out.append(littleEndian: unit) }
    }
    return out
  }

  /// Ties the long entries to the short one, so that a system that knows only short names and
  /// moves them about leaves long ones that nobody believes.
  private var checksum: UInt8 {
    short.reduce(0) { ($0 >> 1 | $0 << 7) &+ $1 }
  }

  /// `KERNEL  IMG` as `KERNEL.IMG`.
  private static func spelled(_ short: [UInt8]) -> [UInt8] {
    let (base, suffix) = (short.prefix(8), short.dropFirst(8))
    let dot: [UInt8] = suffix.first == 0x20 ? [] : [UInt8(ascii: ".")]
    return (base + dot + suffix).filter { $0 != 0x20 }
  }
}
