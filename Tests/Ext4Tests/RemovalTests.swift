import Bytes
import Ext4
import Measures
import OutsideTools
import SeededGenerator
import Testing

/// A later archive over an earlier one.
@Suite struct RemovalTests {
  @Test func aFileIsReplaced() throws {
    let bytes = try VolumeInMemory.make { writer in
      for text in ["first", "second"] {
        try writer.remove(Path("etc/motd"))
        try writer.addFile(Path("etc/motd"), size: UInt64(text.utf8.count), .plain())
        try writer.write(Path(text).span.bytes, at: 0)
      }
      #expect(try writer.isFolder(Path("etc")) == true)
      #expect(try writer.isFolder(Path("etc/motd")) == false)
      #expect(try writer.isFolder(Path("etc/issue")) == nil)
      #expect(try writer.remove(Path("etc/issue")) == false)
    }
    let reader = try Ext4Reader(BytesInMemory(bytes))
    let file = try #require(try reader.entry(Path("etc/motd")))
    #expect(try reader.read(file) == Path("second"))
  }

  @Test func oneOfTwoNames() throws {
    let bytes = try VolumeInMemory.make { writer in
      try writer.addFile(Path("a"), size: 3, .plain())
      try writer.write(Path("abc").span.bytes, at: 0)
      try writer.addLink(Path("b"), to: Path("a"))
      try writer.remove(Path("a"))
    }
    let reader = try Ext4Reader(BytesInMemory(bytes))
    let file = try #require(try reader.entry(Path("b")))
    #expect(file.links == 1)
    #expect(try reader.entry(Path("a")) == nil)
  }

  /// Whole trees come and go, and what remains is as if the others had never been.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func whatRemainsIsSound(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let tree = SampleTree(seed: seed, count: 150, bytes: 1 << 20)
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.content(slack: 0)), in: folder) { writer in
        try SampleTree(seed: seed + 100, count: 200, bytes: 1 << 20).add(to: &writer)
        try writer.addFile(Path("comb"), size: 1 << 20, .plain())
        for tooth in 0..<20 as Range<UInt64> {
          try writer.write([5].span.bytes, at: tooth * 10_000)
        }
        for item in SampleTree(seed: seed + 100, count: 200, bytes: 1 << 20).items
        where Bool.random(using: &random) {
          try writer.remove(item.path)
        }
        for item in SampleTree(seed: seed + 100, count: 200, bytes: 1 << 20).items {
          try writer.remove(item.path)
        }
        try writer.remove(Path("comb"))
        try writer.add(.folder, at: Path("lost+found/d/e"), .plain(0o755))
        #expect(try writer.remove(Path("lost+found")))
        try tree.add(to: &writer)
      }
      let reader = try Ext4Reader(BytesOfFile(image.url))
      expectEqual(try ReaderWalk(reader).inventory, tree.inventory)
    }
  }
}
