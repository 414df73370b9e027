import Ext4
import Foundation
import Measures
import OutsideTools
import Testing

@Suite(.serialized) struct LargeFileTests {
  @Test func aSparseFilePastFourGigabytes() throws {
    let pieces: [(UInt64, String)] = [
      (0, "begin"), (0xFFFF_FFFD, "across the 4 GiB line"), (5 << 30, "five"),
      (
        (6 << 30) + 4000,
        "over two blocks, since it is this long: " + String(repeating: "x", count: 99)
      ),
      (0xFFF_FFFF_E000, "nearly the end"),
    ]
    let size: UInt64 = 0xFFF_FFFF_E100
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.content(slack: 0)), in: folder) { writer in
        try writer.addFile(Path("sparse"), size: size, .plain())
        for (offset, text) in pieces { try writer.write(Path(text).span.bytes, at: offset) }
      }
      #expect(image.layout.size < .mebibytes(20))
      try withMount(image.url) { mount in
        let file = try FileHandle(forReadingFrom: URL(filePath: mount + "/sparse"))
        #expect(try file.seekToEnd() == size)
        for (offset, text) in pieces {
          try file.seek(toOffset: offset)
          #expect(try file.read(upToCount: text.utf8.count) == Data(text.utf8))
        }
        try file.seek(toOffset: 3 << 30)
        #expect(try file.read(upToCount: 5000) == Data(count: 5000))
      }
      let reader = try Ext4Reader(BytesOfFile(image.url))
      let inode = try #require(try reader.entry(Path("sparse")))
      #expect(inode.size == size)
      for (offset, text) in pieces {
        #expect(try reader.read(inode, count: UInt64(text.utf8.count), at: offset) == Path(text))
      }
      #expect(throws: Ext4ReadError.tooLarge(inode: inode.number, size: size)) {
        try reader.read(inode)
      }
      // The third piece lies within one block, the fourth within two.
      #expect(
        try reader.places(of: inode).map { $0.file.upperBound - $0.file.lowerBound } == [
          4096, 8192, 4096, 8192, 256,
        ])
    }
  }

  /// 5 GiB without a hole cross many groups, so that the inode cannot name all extents.
  @Test func aFullFilePastFourGigabytes() throws {
    let size: UInt64 = 5 << 30 | 12345
    let end = Path("the very end")
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.content(slack: .mebibytes(10))), in: folder) { writer in
        try writer.addFile(Path("full"), size: size, .plain())
        let most = size - UInt64(end.count)
        // What is only placed reads as zeroes in a new image.
        try writer.place(Int(most), at: 0)
        try writer.write(end.span.bytes, at: most)
      }
      #expect(image.layout.size > ByteCount(size))
      try withMount(image.url) { mount in
        let file = try FileHandle(forReadingFrom: URL(filePath: mount + "/full"))
        try file.seek(toOffset: size - 20)
        #expect(try file.readToEnd() == Data(count: 8) + Data(end))
      }
    }
  }

  /// Every other block missing: a tree of extents with three levels.
  @Test func aFileOfThousandsOfPieces() throws {
    let count: UInt64 = 3000
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.content(slack: 0)), in: folder) { writer in
        try writer.addFile(Path("comb"), size: count * 8192, .plain())
        for tooth in 0..<count {
          try writer.write(Path("tooth \(tooth)").span.bytes, at: tooth * 8192 + 10)
        }
      }
      let reader = try Ext4Reader(BytesOfFile(image.url))
      let inode = try #require(try reader.entry(Path("comb")))
      let content = try reader.read(inode, count: inode.size)
      #expect(try reader.places(of: inode).count == Int(count))
      let seen = try withMount(image.url) { try Data(contentsOf: URL(filePath: $0 + "/comb")) }
      #expect(seen == Data(content))
      #expect(seen[(2999 * 8192 + 10)...].prefix(10) == Data("tooth 2999".utf8))
    }
  }
}
