import Ext4
import Measures
import OutsideTools
import Testing

@Suite struct SizeTests {
  @Test(
    arguments: [
      256 << 10, 300 << 10, 1 << 20, 3 << 20, 7 << 20, 8 << 20, 64 << 20, 127 << 20, 128 << 20,
      (128 << 20) + 4096, (128 << 20) + (200 << 10), (128 << 20) + (204 << 10),
      (128 << 20) + (1 << 20),
      (256 << 20) - 4096, 256 << 20, (256 << 20) + 4096, (384 << 20) + 4096,
      (384 << 20) + (1 << 20),
      640 << 20, 1 << 30, (1 << 30) + 12345, 5 << 30, 17 << 30,
    ] as [UInt64])
  func anySizeIsSound(size: UInt64) throws {
    try OutsideTool.withTemporaryFolder { folder in
      for growth in [nil, size * 4, 1 << 40] {
        if let growth, growth == 1 << 40, size < 2 << 20 { continue }
        let image = try Image(.test(.fixed(ByteCount(size)), growth: growth), in: folder)
        #expect(image.layout.size.rawValue <= size)
      }
    }
  }

  /// A journal of 2 GiB takes more extents than its inode can name.
  @Test(arguments: [.none, .size(.mebibytes(4)), .size(.gibibytes(2))] as [Ext4Options.Journal])
  func anyJournalIsSound(journal: Ext4Options.Journal) throws {
    try OutsideTool.withTemporaryFolder { folder in
      for size in [.fixed(.gibibytes(3)), .content(slack: 0)] as [Ext4Options.Size] {
        let image = try Image(.test(size, journal: journal), in: folder)
        #expect(try image.ask("stats").contains("has_journal") == (journal != .none))
      }
    }
  }
}
