import Bytes

/// The allocation table: for each cluster the one that follows it in its file.
///
/// Our files lie in one piece and one behind the other from cluster 2 on, so the table is known
/// from the lengths alone. Entries 0 and 1 hold the media byte and the mark of a clean volume.
enum FATTable {
  /// The table up to its last used sector.
  static func encoded(_ kind: FATKind, chainLengths: [UInt64]) -> [UInt8] {
    let end: UInt32 =
      switch kind {
      case .fat12: 0xFFF
      case .fat16: 0xFFFF
      case .fat32: 0x0FFF_FFFF
      }
    var entries = [end - 0xFF + UInt32(FATBootSector.media), end]
    for length in chainLengths where length > 0 {
      for _ in 1..<length { entries.append(UInt32(truncatingIfNeeded: entries.count + 1)) }
      entries.append(end)
    }
    var out: [UInt8] = []
    switch kind {
    case .fat12:
      // Two entries of twelve bits share three bytes, low bits first.
      for index in stride(from: 0, to: entries.count, by: 2) {
        let second = index + 1 < entries.count ? entries[index + 1] : 0
        let both = entries[index] | second << 12
        for shift: UInt32 in [0, 8, 16] { out.append(UInt8(truncatingIfNeeded: both >> shift)) }
      }
    case .fat16:
      for entry in entries { out.append(littleEndian: UInt16(truncatingIfNeeded: entry)) }
    case .fat32:
      for entry in entries { out.append(littleEndian: entry) }
    }
    out.pad(to: 512)
    return out
  }
}
