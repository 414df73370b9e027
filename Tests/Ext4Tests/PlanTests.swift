import Bytes
import Ext4
import Foundation
import Measures
import OutsideTools
import Testing

@Suite(.serialized) struct PlanTests {
  private let tree = SampleTree(seed: 99, count: 150, bytes: 3 << 20)

  @Test func theSameInputGivesTheSameBytes() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let first = try Image(.test(.content(slack: 0)), in: folder, named: "a") {
        try tree.add(to: &$0)
      }
      // In one piece what was in several, and attributes in another order.
      let second = try Image(.test(.content(slack: 0)), in: folder, named: "b") { writer in
        try tree.add(
          to: &writer, changing: { $0.extended.reverse() },
          giving: { writer, path, piece in
            let bytes = SampleTree.content(of: path, piece)
            try writer.write(bytes.span.bytes, at: piece.lowerBound)
          })
      }
      #expect(try Data(contentsOf: first.url) == Data(contentsOf: second.url))
      #expect(first.layout == second.layout)
    }
  }

  /// On every machine and in every run. Who changes the layout on purpose changes this number.
  @Test func theSameBytesEverywhere() throws {
    let bytes = try VolumeInMemory.make { writer in
      for number in 0..<200 { try writer.add(.fifo, at: Path("d/\(number)"), .plain()) }
      try writer.addFile(Path("f"), size: 9000, .plain())
      try writer.write(Path("text").span.bytes, at: 8000)
    }
    #expect(CRC32.checksum(bytes.span.bytes) == 0xB14E_0A74)
  }

  /// Sizes alone, and no output, give the layout that the content will have.
  @Test func aPlanNeedsNoContent() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.content(slack: .mebibytes(3))), in: folder) {
        try tree.add(to: &$0)
      }
      var writer = try Ext4Writer(.test(.content(slack: .mebibytes(3))), to: Ext4Nowhere())
      let bytes = try Data(contentsOf: image.url)
      try tree.add(
        to: &writer,
        giving: { writer, path, piece in
          let count = Int(piece.upperBound - piece.lowerBound)
          let places = try writer.place(count, at: piece.lowerBound)
          let found = places.flatMap { bytes[Int($0.lowerBound)..<Int($0.upperBound)] }
          #expect(found == SampleTree.content(of: path, piece))
        })
      let layout = try writer.finish()
      #expect(layout == image.layout)
    }
  }

  /// A card that was full of something else needs the mapped ranges and nothing more.
  @Test func mappedRangesAreAllThatMatters() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.fixed(.mebibytes(300)), growth: 8 << 30), in: folder) {
        try tree.add(to: &$0)
      }
      let bytes = try Data(contentsOf: image.url)
      var card = Data(repeating: 0xA5, count: bytes.count)
      for range in image.layout.mapped {
        card[Int(range.lowerBound)..<Int(range.upperBound)] =
          bytes[Int(range.lowerBound)..<Int(range.upperBound)]
      }
      try card.write(to: image.url)
      try image.expectSound()
      let mapped = image.layout.mapped.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
      // The journal has 16 MiB, and all of it must be zero.
      #expect(mapped < 24 << 20)
      #expect(try withMount(image.url) { try FolderWalk($0).inventory } == tree.inventory)
    }
  }

  @Test func theSuperblockIsWrittenLast() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.fixed(.mebibytes(16))), in: folder) { try tree.add(to: &$0) }
      #expect(image.writes.last == 0..<4096)
      #expect(image.writes.filter { $0.lowerBound == 0 }.count == 1)
      #expect(image.writes.allSatisfy { $0.lowerBound % 4096 == 0 && $0.count % 4096 == 0 })
    }
  }
}
