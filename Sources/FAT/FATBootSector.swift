import Bytes

/// The reserved sectors before the tables: the boot sector with the volume's measures, and for
/// FAT32 the FSInfo sector and the copies of both.
///
/// There is no boot code: the boards we write for start from elsewhere.
/// Source: Microsoft FAT specification 1.03, "Boot Sector and BPB" and "FSInfo Sector Structure".
struct FATBootSector {
  let geometry: FATGeometry
  /// Eleven bytes.
  let label: [UInt8]
  let volumeID: UInt32
  let hiddenSectors: UInt32
  let usedClusters: UInt64

  /// From the volume's first byte to the last reserved sector that is not zero.
  var encoded: [UInt8] {
    guard geometry.kind == .fat32 else { return boot }
    let empty = [UInt8](repeating: 0, count: 512)
    // The copies lie at 6 and 7; a third sector (2, 8) would hold boot code and stays empty, but
    // carries the signature like every boot sector.
    var more = empty
    more[510] = 0x55
    more[511] = 0xAA
    let set = boot + info + more
    return set + empty + empty + empty + set
  }

  private var boot: [UInt8] {
    let wide = geometry.kind == .fat32
    let total = geometry.totalSectors
    let short = !wide && total < 0x1_0000
    var out: [UInt8] = wide ? [0xEB, 0x58, 0x90] : [0xEB, 0x3C, 0x90]
    out.append("CTBOOT", width: 8, padding: 0x20)
    out.append(littleEndian: UInt16(512))
    out.append(UInt8(truncatingIfNeeded: geometry.sectorsPerCluster))
    out.append(littleEndian: UInt16(truncatingIfNeeded: geometry.reservedSectors))
    out.append(2)  // tables
    out.append(littleEndian: UInt16(wide ? 0 : FATGeometry.rootEntries))
    out.append(littleEndian: short ? UInt16(truncatingIfNeeded: total) : 0)
    out.append(Self.media)
    out.append(littleEndian: wide ? 0 : UInt16(truncatingIfNeeded: geometry.tableSectors))
    out.append(littleEndian: UInt16(truncatingIfNeeded: FATGeometry.sectorsPerTrack))
    out.append(littleEndian: UInt16(64))  // heads
    out.append(littleEndian: hiddenSectors)
    out.append(littleEndian: short ? 0 : UInt32(truncatingIfNeeded: total))
    if wide {
      out.append(littleEndian: UInt32(truncatingIfNeeded: geometry.tableSectors))
      out.append(littleEndian: UInt16(0))  // both tables are kept alike
      out.append(littleEndian: UInt16(0))  // version 0.0
      out.append(littleEndian: UInt32(2))  // first cluster of the root folder
      out.append(littleEndian: UInt16(1))  // FSInfo
      out.append(littleEndian: UInt16(6))  // copy of this sector
      out += [UInt8](repeating: 0, count: 12)
    }
    out += [0x80, 0, 0x29]  // first hard disk; label and serial number follow
    out.append(littleEndian: volumeID)
    out += label
    out.append(geometry.kind.title, width: 8, padding: 0x20)
    return Self.signed(out)
  }

  /// How many clusters are free, and where to look for the first: hints that spare a reader the
  /// walk through the whole table.
  private var info: [UInt8] {
    let free = geometry.clusterCount - min(usedClusters, geometry.clusterCount)
    var out: [UInt8] = Array("RRaA".utf8) + [UInt8](repeating: 0, count: 480)
    out += Array("rrAa".utf8)
    out.append(littleEndian: UInt32(truncatingIfNeeded: free))
    out.append(littleEndian: free == 0 ? .max : UInt32(truncatingIfNeeded: usedClusters + 2))
    return Self.signed(out)
  }

  /// Fixed disk.
  static let media: UInt8 = 0xF8

  private static func signed(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: 510 - bytes.count) + [0x55, 0xAA]
  }
}
