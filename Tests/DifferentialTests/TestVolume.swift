import Ext4
import Measures

/// The disk's third partition: an ext4 volume of our writer's, with links, a hole and a large folder.
enum TestVolume {
  static let size = ByteCount.mebibytes(12)

  /// The volume in memory.
  private final class Memory: Ext4Output {
    private(set) var bytes = [UInt8](repeating: 0, count: Int(TestVolume.size.rawValue))

    func write(_ written: RawSpan, at offset: UInt64) throws(Ext4Error) {
      let start = Int(offset)
      let piece = written.withUnsafeBytes { Array($0) }
      bytes.replaceSubrange(start..<(start + piece.count), with: piece)
    }
  }

  static func image() throws -> [UInt8] {
    let time = Ext4Time(seconds: 1_700_000_000)
    let plain = Ext4Attributes(permissions: 0o644, times: Ext4Times(modified: time))
    let folder = Ext4Attributes(permissions: 0o755, times: Ext4Times(modified: time))
    let memory = Memory()
    var writer = try Ext4Writer(
      Ext4Options(
        size: .fixed(size), uuid: Array(1...16), hashSeed: Array(17...32),
        label: Array("test".utf8),
        time: time, inodes: 1200),
      to: memory)
    for name in ["boot", "boot/deep", "many"] {
      try writer.add(.folder, at: Array(name.utf8), folder)
    }
    for (name, bytes) in files {
      try writer.addFile(Array(name.utf8), size: UInt64(bytes.count), plain)
      try writer.write(bytes.span.bytes, at: 0)
    }
    // A hole in front of its last bytes.
    try writer.addFile(Array("sparse.bin".utf8), size: 100_000, plain)
    let end = Array("end".utf8)
    try writer.write(end.span.bytes, at: 99_997)
    // More names than a block of a folder holds, so that it has an index.
    for number in 0..<400 {
      try writer.addFile(Array("many/file\(number)".utf8), size: 0, plain)
    }
    for (name, target) in links {
      try writer.add(.symbolicLink(Array(target.utf8)), at: Array(name.utf8), plain)
    }
    try writer.addLink(Array("hard.txt".utf8), to: Array("hello.txt".utf8))
    _ = try writer.finish()
    return memory.bytes
  }

  private static let files: [(String, [UInt8])] = [
    ("hello.txt", Array("hello from ext4\n".utf8)), ("empty.txt", []),
    ("boot/inner.txt", Array("inner\n".utf8)),
    ("boot/deep/big.bin", (0..<300_001).map { UInt8(truncatingIfNeeded: $0 &* 3 &+ $0 >> 9) }),
    ("many/last.txt", Array("among many\n".utf8)),
    ("env.txt", Array("first=1\nsecond=two words\n".utf8)),
  ]

  private static let links = [
    ("link.txt", "hello.txt"), ("up", "boot/deep/../inner.txt"), ("whole", "/boot/inner.txt"),
    ("folder", "boot/deep"), ("dead", "nowhere"), ("round", "round"),
    ("long", String(repeating: "./", count: 60) + "hello.txt"),
  ]
}
