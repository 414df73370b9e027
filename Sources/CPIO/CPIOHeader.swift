import Bytes

/// What stands before each entry: the magic `070701` and thirteen numbers of eight hexadecimal
/// digits.
struct CPIOHeader {
  /// The path of the entry that ends the archive.
  static let trailer = "TRAILER!!!"

  var inode: UInt32 = 0
  var mode: UInt32 = 0
  var uid: UInt32 = 0
  var gid: UInt32 = 0
  var links: UInt32 = 1
  var modified: UInt32 = 0
  var size: UInt32 = 0
  var device = CPIOEntry.Device.none

  /// Header and path with the zero byte that ends it, padded to four. The archive must be at a
  /// multiple of four when this is appended.
  func encoded(path: String) -> [UInt8] {
    let length = UInt32(truncatingIfNeeded: path.utf8.count + 1)
    // The file system's own device and the checksum, which only another magic would ask for, are 0.
    let fields = [
      inode, mode, uid, gid, links, modified, size, 0, 0, device.major, device.minor, length, 0,
    ]
    var out: [UInt8] = Array("070701".utf8)
    for field in fields { Self.append(field, to: &out) }
    out += path.utf8
    out.append(0)
    out.pad(to: 4)
    return out
  }

  private static func append(_ field: UInt32, to out: inout [UInt8]) {
    let digits = String(field, radix: 16, uppercase: true).utf8
    out += repeatElement(UInt8(ascii: "0"), count: 8 - digits.count)
    out += digits
  }
}
