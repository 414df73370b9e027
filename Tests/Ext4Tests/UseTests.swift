import Ext4
import Foundation
import Measures
import OutsideTools
import Testing

/// What others do with a volume after it was made.
@Suite(.serialized) struct UseTests {
  private let tree = SampleTree(seed: 5, count: 120, bytes: 2 << 20)

  @Test func theKernelWritesIntoIt() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.fixed(.mebibytes(160))), in: folder) { writer in
        try tree.add(to: &writer)
        for number in 0..<3000 { try writer.add(.fifo, at: Path("many/\(number)"), .plain()) }
      }
      try withMount(image.url, options: "rw") { mount in
        let script = """
          set -e
          cd "$1"
          mkdir new
          for i in $(seq 2000); do echo $i >many/new-$i; done
          rm many/1*
          head -c 30000000 /dev/urandom >new/big
          """
        let run = try OutsideTool.run("bash", ["-c", script, "bash", mount])
        #expect(run.status == 0, "\(run.output)")
      }
      try image.expectSound()
    }
  }

  /// To 20 GiB, which takes a second block of descriptors: from the room kept, where there is some.
  @Test(arguments: [nil, 64 << 30] as [UInt64?])
  func itGrows(growth: UInt64?) throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.content(slack: .mebibytes(1)), growth: growth), in: folder) {
        try tree.add(to: &$0)
      }
      let before = try OutsideTool.run("dumpe2fs", ["-h", image.url.path]).output
      #expect(before.contains("resize_inode") == (growth != nil))
      #expect(before.contains("Reserved GDT blocks:      3") == (growth != nil))
      let resize = try OutsideTool.run("resize2fs", [image.url.path, "20G"])
      #expect(resize.status == 0, "\(resize.output)")
      try image.expectSound()
      let after = try OutsideTool.run("dumpe2fs", ["-h", image.url.path]).output
      #expect(after.contains("Block count:              5242880"))
      #expect(after.contains("Reserved GDT blocks:      2") == (growth != nil))
      #expect(try withMount(image.url) { try FolderWalk($0).inventory } == tree.inventory)
    }
  }

  @Test func aHeadShowsWhatWasAskedFor() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.fixed(.mebibytes(64)), label: "dom0 root"), in: folder)
      let head = try OutsideTool.run("dumpe2fs", ["-h", image.url.path]).output
      let wanted = [
        "volume name:   dom0 root", "UUID:          10111213-1415-1617-1819-1a1b1c1d1e1f",
        "Hash Seed:      a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf", "state:         clean",
        "created:       Tue Nov 14 22:13:20 2023", "Total journal size:       4096k",
        "Flags:         unsigned_directory_hash", "Checksum type:            crc32c",
        "Inode size:\t          256", "dir_index", "metadata_csum", "extent", "sparse_super",
      ]
      for line in wanted { #expect(head.lowercased().contains(line.lowercased()), "\(line)") }
      for line in ["64bit", "resize_inode", "inline_data"] { #expect(!head.contains(line)) }
      #expect(try image.ask("ls -l /").contains("lost+found"))
    }
  }

  @Test func debugfsTellsWhatWasGiven() throws {
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(.test(.fixed(.mebibytes(4))), in: folder) { writer in
        let times = Ext4Times(
          modified: .time(1_500_000_000, 123_456_789), accessed: .time(-1, 5),
          changed: .time(5_000_000_000, 999_999_999), created: .time(7, 1))
        try writer.addFile(
          Path("file"), size: 10,
          Ext4Attributes(
            permissions: 0o4751, owner: 123_456, group: 4_000_000_000, times: times,
            extended: [.init("user.note", Path("hello"))]))
      }
      let stat = try image.ask("stat /file")
      let wanted = [
        "Type: regular    Mode:  04751", "User: 123456   Group: -294967296", "Size: 10",
        "Links: 1   Blockcount: 0", "ctime: 0x2a05f200:ee6b27fd", "atime: 0xffffffff:00000014",
        "mtime: 0x59682f00:1d6f3454", "crtime: 0x00000007:00000004", "user.note (5) = \"hello\"",
      ]
      for line in wanted { #expect(stat.contains(line), "\(line) in \(stat)") }
    }
  }
}
