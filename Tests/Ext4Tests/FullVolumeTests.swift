import Diagnostics
import Ext4
import Foundation
import Measures
import OutsideTools
import Testing

@Suite struct FullVolumeTests {
  /// Files that take about 11 MiB.
  private func fill(_ writer: inout Ext4Writer) throws {
    for number in 0..<100 {
      try writer.addFile(Path("dir/file \(number)"), size: 111_111, .plain())
      try writer.write([UInt8](repeating: 7, count: 111_111).span.bytes, at: 0)
    }
  }

  @Test(arguments: [1 << 20, 4 << 20, 10 << 20, 11 << 20, 12 << 20] as [UInt64])
  func theMissingAmountIsToldAndIsEnough(size: UInt64) throws {
    try OutsideTool.withTemporaryFolder { folder in
      let output = try ImageFile(folder.appendingPathComponent("full"))
      var writer = try Ext4Writer(.test(.fixed(ByteCount(size))), to: output)
      try fill(&writer)
      var missing: UInt64 = 0
      do {
        _ = try writer.finish()
        Issue.record("what does not fit was taken")
      } catch {
        if case .full(let all, let amount)? = error as? Ext4Error, all.rawValue == size {
          missing = amount.rawValue
        }
      }
      #expect(output.writes.allSatisfy { $0.upperBound <= size })
      _ = try Image(.test(.fixed(ByteCount(size + missing))), in: folder, fill)
      #expect(throws: Ext4Error.self) {
        try Image(.test(.fixed(ByteCount(size + missing - 4096))), in: folder, fill)
      }
    }
  }

  @Test(arguments: [0, 1 << 20, 300 << 20] as [UInt64])
  func sizeFollowsContentAndSlack(slack: UInt64) throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.content(slack: ByteCount(slack))), in: folder, fill)
      #expect(image.layout.free.rawValue >= slack)
      #expect(image.layout.free.rawValue <= slack + (2 << 20))
      #expect(image.layout.usedInodes == 105 - 1)
    }
  }

  @Test func contentStopsAtItsLimit() throws {
    #expect {
      try OutsideTool.withTemporaryFolder { folder in
        _ = try Image(.test(.content(slack: 0, limit: .mebibytes(8))), in: folder, fill)
      }
    } throws: { error in
      guard case .full(.mebibytes(8), let missing)? = error as? Ext4Error else { return false }
      return missing > .mebibytes(4)
    }
  }

  @Test func moreFilesThanInodes() throws {
    // One group has 32768 inodes at most.
    func fill(_ writer: inout Ext4Writer) throws {
      for number in 0..<40_000 { try writer.add(.fifo, at: Path("\(number)"), .plain()) }
    }
    try OutsideTool.withTemporaryFolder { folder in
      #expect(throws: Ext4Error.tooManyFiles(40_011, limit: 32_768)) {
        try Image(.test(.fixed(.mebibytes(100))), in: folder, fill)
      }
      let image = try Image(.test(.content(slack: 0)), in: folder, fill)
      #expect(image.layout.size > .mebibytes(128))
    }
  }

  @Test func askedForInodesAreThere() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(
        .test(.fixed(.mebibytes(64)), inodes: 30_000, reserve: 5), in: folder)
      #expect(image.layout.inodes >= 30_000)
      #expect(try image.ask("stats").contains("Reserved block count:     815"))
    }
  }

  @Test func moreInodesThanThereIsRoomFor() throws {
    try OutsideTool.withTemporaryFolder { folder in
      #expect(throws: Ext4Error.tooManyFiles(70_000, limit: 32_768)) {
        try Image(.test(.fixed(.mebibytes(64)), inodes: 70_000), in: folder)
      }
      let image = try Image(.test(.content(slack: 0), inodes: 70_000), in: folder)
      #expect(image.layout.inodes >= 70_000)
    }
  }

  /// A plan of more than there are block numbers ends with words, not with a trap.
  @Test func moreThanAnyVolumeHolds() throws {
    var writer = try Ext4Writer(.test(.fixed(.gibibytes(1))), to: Ext4Nowhere())
    #expect(throws: Ext4Error.self) {
      for number in 0..<10 {
        try writer.addFile(Path("\(number)"), size: 15 << 40, .plain())
        try writer.place(15 << 40, at: 0)
      }
    }
    let isFull = writer.isFull
    #expect(isFull)
  }

  @Test func theWordsSayWhatToDo() {
    let diagnostic = Ext4Error.full(size: .mebibytes(10), missing: .mebibytes(2)).diagnostic
    #expect(
      diagnostic.message == "the files take 2 MiB more than the ext4 volume of 10 MiB can hold")
    #expect(diagnostic.help == "make the volume at least 12MiB large, or leave files out")
  }
}
