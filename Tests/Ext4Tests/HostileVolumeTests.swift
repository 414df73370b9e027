import Bytes
import Ext4
import Foundation
import Measures
import OutsideTools
import SeededGenerator
import Testing

/// Volumes that mean no good: nothing traps, nothing runs for ever. A trap would end the whole run.
@Suite struct HostileVolumeTests {
  private static func ours() throws -> [UInt8] {
    try VolumeInMemory.make(.test(.fixed(.mebibytes(6)), growth: 64 << 30)) { writer in
      try SampleTree(seed: 3, count: 120, bytes: 500_000).add(to: &writer)
      for number in 0..<300 { try writer.add(.socket, at: Path("many/\(number)"), .plain()) }
      try writer.addFile(Path("comb"), size: 4096 * 80, .plain())
      for tooth in 0..<40 as Range<UInt64> {
        try writer.write([1, 2, 3].span.bytes, at: tooth * 8192)
      }
    }
  }

  /// Ext2 with its tables of blocks, from the same content.
  private static func foreign() throws -> [UInt8] {
    try OutsideTool.withTemporaryFolder { folder in
      let (source, url) = (folder.appendingPathComponent("s"), folder.appendingPathComponent("i"))
      try FileManager.default.createDirectory(
        at: source.appendingPathComponent("d/e"), withIntermediateDirectories: true)
      for number in 0..<30 {
        try Data(repeating: 9, count: number * 20_000).write(
          to: source.appendingPathComponent("d/\(number)"))
      }
      let make = try OutsideTool.run(
        "mke2fs", ["-q", "-t", "ext2", "-b", "1024", "-d", source.path, url.path, "12M"])
      try #require(make.status == 0, "\(make.output)")
      return Array(try Data(contentsOf: url))
    }
  }

  /// Looks at all that is found, as far as patience goes.
  private static func explore(_ bytes: [UInt8]) -> Int {
    guard let reader = try? Ext4Reader(BytesInMemory(bytes)) else { return 0 }
    var folders: [Path] = [[]]
    var seen = 0
    while let folder = folders.popLast(), seen < 600 {
      for entry in (try? reader.list(folder)) ?? [] {
        seen += 1
        _ = try? reader.read(entry.inode, count: 300_000)
        _ = try? reader.read(entry.inode, count: 100, at: entry.inode.size / 2)
        _ = try? reader.attributes(of: entry.inode)
        _ = try? reader.target(of: entry.inode)
        _ = try? reader.places(of: entry.inode)
        _ = entry.inode.device
        let path = folder + [UInt8(ascii: "/")] + entry.name
        _ = try? reader.entry(path)
        if entry.isFolder, folder.count < 2000 { folders.append(path) }
      }
    }
    return seen
  }

  @Test(arguments: [false, true], 1...4 as ClosedRange<UInt64>)
  func flippedBytes(isForeign: Bool, seed: UInt64) throws {
    let whole = isForeign ? try Self.foreign() : try Self.ours()
    #expect(Self.explore(whole) > 30)
    // What is not zero is what can be wrong.
    let places = whole.indices.filter { whole[$0] != 0 && whole[$0] != 9 }
    var random = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...200, using: &random) {
        let place =
          Bool.random(using: &random)
          ? places[Int.random(in: 0..<places.count, using: &random)]
          : 1024 + Int.random(in: 0..<400, using: &random)
        bytes[place] =
          [0, 0xFF, UInt8.random(in: 0...255, using: &random)][
            Int.random(in: 0..<3, using: &random)]
      }
      // The magic stays, for without it nothing is read.
      bytes.replaceSubrange(1080..<1082, with: [0x53, 0xEF])
      _ = Self.explore(bytes)
    }
  }

  @Test(arguments: [false, true])
  func cutVolumes(isForeign: Bool) throws {
    let whole = isForeign ? try Self.foreign() : try Self.ours()
    let sixteenth = whole.count / 16
    for length in [0, 1023, 1024, 1500, 2047, 2048, 4096, 5000] + (0...16).map({ $0 * sixteenth }) {
      _ = Self.explore(Array(whole.prefix(length)))
    }
    let reader = try Ext4Reader(BytesInMemory(Array(whole.prefix(2048))))
    #expect(throws: Ext4ReadError.self) { try reader.list([]) }
  }

  /// A measure in the superblock, its offset, a value, what is said of it.
  @Test(
    arguments: [
      (0x18, 7, "the block size"), (0x20, 0, "blocks per group"), (0x28, 0, "inodes per group"),
      (0x58, 100, "the inode size"), (0x04, 0, "blocks in all"),
      (0x14, 0xFFFF_FFFF, "blocks in all"),
    ] as [(Int, UInt32, String)])
  func measuresThatNobodyHas(offset: Int, value: UInt32, name: String) throws {
    var bytes = try Self.ours()
    let width = offset == 0x58 ? 2 : 4
    for index in 0..<width {
      bytes[1024 + offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index)))
    }
    #expect {
      try Ext4Reader(BytesInMemory(bytes))
    } throws: { error in
      guard case .measure(let found, _)? = error as? Ext4ReadError else { return false }
      return found == name
    }
  }

  /// A folder that holds itself is met as often as one looks, and no more.
  @Test func aTableOfBlocksThatNamesItself() throws {
    var bytes = try Self.foreign()
    let reader = try Ext4Reader(BytesInMemory(bytes))
    let file = try #require(try reader.entry(Path("d/29")))
    let places = try reader.places(of: file)
    // The table of the second kind lies before the blocks it leads to; let it name itself.
    let start = Int(try #require(places.last).volume) / 1024
    for block in max(1, start - 600)..<start {
      let offset = block * 1024
      for index in stride(from: 0, to: 1024, by: 4) where bytes[offset + index] != 9 {
        bytes[offset + index] = UInt8(block & 0xFF)
        bytes[offset + index + 1] = UInt8(block >> 8)
      }
    }
    _ = Self.explore(bytes)
  }
}
